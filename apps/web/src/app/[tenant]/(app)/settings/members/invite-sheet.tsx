"use client";

import { InviteMember } from "@atrium/identity/contract";
import { Button, Form, FormField, Input, Sheet, toast, useZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { useWordedSchema } from "../../../../../client/use-worded-schema.ts";
import { useGrant } from "../../../../../components/frame/me.ts";
import { EmployeePicker } from "../../../../../components/employee-picker.tsx";
import { RoleChoices } from "./role-choices.tsx";

interface Typed {
  readonly email: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly employeeId: string;
}
const blank: Typed = { email: "", name: "", roles: ["employee"], employeeId: "" };

/** Invites one person. */
export function InviteSheet({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations("identity.members");
  const ui = useTranslations("ui");
  const formId = useId();
  const canFindEmployees = useGrant("people:read")?.includes("tenant") === true;
  const utils = trpc.useUtils();
  const invite = trpc.identity.members.invite.useMutation();
  const form = useZodForm({ schema: useWordedSchema<InviteMember, Typed>(InviteMember), defaultValues: blank });
  const send = async (values: InviteMember): Promise<void> => {
    const { email } = await invite.mutateAsync(values);
    await utils.identity.members.list.invalidate();
    toast.success(t("invitationSent", { email }));
    onClose();
  };
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={t("invite")}
      description={t("inviteText")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" isLoading={form.formState.isSubmitting} loadingLabel={t("inviting")}>
            {t("sendInvitation")}
          </Button>
        </>
      }
    >
      <Form form={form} onSubmit={send} id={formId}>
        <FormField control={form.control} name="name" label={t("name")}>
          {(field) => <Input {...field} autoComplete="off" />}
        </FormField>
        <FormField control={form.control} name="email" label={t("email")} help={t("emailHelp")}>
          {(field) => <Input {...field} type="email" autoComplete="off" />}
        </FormField>
        {canFindEmployees ? (
          <FormField control={form.control} name="employeeId" label={t("employee")} help={t("employeeHelp")} isRequired={false}>
            {(field) => <EmployeePicker value={field.value} onChange={field.onChange} initialName={undefined} searchLabel={t("employeeSearch")} />}
          </FormField>
        ) : null}
        <FormField control={form.control} name="roles" label={t("roles")} help={t("rolesHint")} isGroup>
          {(field) => <RoleChoices chosen={field.value} onChange={field.onChange} isLabelled />}
        </FormField>
      </Form>
    </Sheet>
  );
}
