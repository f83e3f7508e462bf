"use client";

import { CreateRole } from "@atrium/identity/contract";
import type { RoleRow } from "@atrium/identity/contract";
import { Banner, Button, FieldError, Form, FormField, Input, Sheet, Textarea, useZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useId } from "react";
import type { ReactNode } from "react";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { useWordedSchema } from "../../../../../client/use-worded-schema.ts";
import { useGrant } from "../../../../../components/frame/me.ts";
import { useRoleName } from "../../../../../components/use-role-name.ts";
import { GrantMatrix } from "./grant-matrix.tsx";
import type { ChosenGrants } from "./grant-matrix.tsx";
import { useRoleActs } from "./use-role-acts.ts";

interface RoleSheetProps {
  /** Undefined for a new one. */
  readonly role: RoleRow | undefined;
  readonly onClose: () => void;
}

/** Shows one role, and lets it be changed by whoever may. */
export function RoleSheet({ role, onClose }: RoleSheetProps) {
  const canManage = useGrant("roles:manage") !== undefined;
  const canChange = canManage && role?.isBuiltIn !== true && role?.isWithinOwn !== false;
  if (role !== undefined && !canChange) return <ReadOnlySheet role={role} onClose={onClose} />;
  return <EditSheet role={role} onClose={onClose} />;
}

function ReadOnlySheet({ role, onClose }: { readonly role: RoleRow; readonly onClose: () => void }) {
  const t = useTranslations("company.roles");
  const roleName = useRoleName();
  const canManage = useGrant("roles:manage") !== undefined;
  const hint = role.isBuiltIn ? t("builtInHint") : canManage ? t("beyondHint") : t("readOnly");
  return (
    <RolePanel title={t("viewTitle", { name: roleName(role) })} description={hint} onClose={onClose} footer={undefined}>
      <GrantMatrix value={role.grants} />
    </RolePanel>
  );
}

interface Typed {
  readonly name: string;
  readonly description: string;
  readonly grants: ChosenGrants;
}

const empty: Typed = { name: "", description: "", grants: {} };

function EditSheet({ role, onClose }: RoleSheetProps) {
  const t = useTranslations("company.roles");
  const ui = useTranslations("ui");
  const explain = useAppError();
  const formId = useId();
  const { save, remove } = useRoleActs(role, onClose);
  const { name, description, grants } = role === undefined ? empty : { ...empty, ...role, name: role.name ?? "" };
  const form = useZodForm({ schema: useWordedSchema<CreateRole, Typed>(CreateRole), defaultValues: { name, description, grants } });
  const { isSubmitting, errors } = form.formState;
  const grantsProblem = errors.grants?.message;
  return (
    <RolePanel
      title={role === undefined ? t("newTitle") : t("editTitle", { name })}
      description={t("text")}
      onClose={onClose}
      footer={
        <>
          {role === undefined ? null : <RemoveButton role={role} isLoading={remove.isPending} onRemove={() => remove.mutate({ id: role.id })} />}
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" isLoading={isSubmitting} loadingLabel={t("saving")}>
            {role === undefined ? t("create") : t("save")}
          </Button>
        </>
      }
    >
      {remove.error ? <Banner tone="danger" title={explain(remove.error).message} className="mb-4" /> : null}
      <Form form={form} id={formId} onSubmit={save} className="max-w-none">
        <FormField control={form.control} name="name" label={t("nameLabel")}>
          {(field) => <Input {...field} autoComplete="off" />}
        </FormField>
        <FormField control={form.control} name="description" label={t("description")} isRequired={false}>
          {(field) => <Textarea {...field} />}
        </FormField>
        {/* Not a field: it is many controls, each with its own name. */}
        <div role="group" aria-label={t("allows")} className="flex flex-col gap-1.5">
          <span className="font-medium">{t("allows")}</span>
          {grantsProblem === undefined ? null : <FieldError>{grantsProblem}</FieldError>}
          <GrantMatrix value={form.watch("grants")} onChange={(chosen) => form.setValue("grants", chosen, { shouldDirty: true })} />
        </div>
      </Form>
    </RolePanel>
  );
}

interface RolePanelProps {
  readonly title: string;
  readonly description: string;
  readonly onClose: () => void;
  readonly footer: ReactNode;
  readonly children: ReactNode;
}

function RolePanel({ title, description, onClose, footer, children }: RolePanelProps) {
  return (
    <Sheet
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="lg"
      title={title}
      description={description}
      footer={footer}
    >
      {children}
    </Sheet>
  );
}

interface RemoveButtonProps {
  readonly role: RoleRow;
  readonly isLoading: boolean;
  readonly onRemove: () => void;
}

function RemoveButton({ role, isLoading, onRemove }: RemoveButtonProps) {
  const t = useTranslations("company.roles");
  return (
    <Button
      variant="danger"
      className="sm:mr-auto"
      isLoading={isLoading}
      loadingLabel={t("removing")}
      disabledReason={role.members === 0 ? undefined : t("held", { count: role.members })}
      onClick={onRemove}
    >
      {t("remove")}
    </Button>
  );
}
