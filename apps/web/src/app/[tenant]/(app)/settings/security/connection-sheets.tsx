"use client";

import { AddConnection, ChangeConnection } from "@atrium/identity/contract";
import type { ConnectionDto } from "@atrium/identity/contract";
import { Button, Form, FormField, Input, Sheet, Switch, toast, useZodForm } from "@atrium/ui";
import type { ZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useId, useMemo } from "react";
import { z } from "zod";
import { trpc } from "../../../../../client/trpc.ts";
import { useWordedSchema } from "../../../../../client/use-worded-schema.ts";
import { RoleChoices } from "../members/role-choices.tsx";

interface Typed {
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly isEnabled: boolean;
  readonly joinsByDomain: boolean;
  readonly defaultRoles: readonly string[];
}

const blank: Typed = { name: "", issuer: "", clientId: "", clientSecret: "", isEnabled: true, joinsByDomain: false, defaultRoles: ["employee"] };

/** Adds a provider; it is asked before it is kept. */
export function AddConnectionSheet({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations("security.sso");
  const add = trpc.identity.sso.add.useMutation();
  const form = useZodForm({ schema: useWordedSchema<AddConnection, Typed>(AddConnection), defaultValues: blank });
  return <ConnectionSheet title={t("add")} form={form} save={(values) => add.mutateAsync(values)} onClose={onClose} />;
}

/** Changes how a provider is used. Its issuer stays. */
export function ChangeConnectionSheet({ connection, onClose }: { readonly connection: ConnectionDto; readonly onClose: () => void }) {
  const t = useTranslations("security.sso");
  const change = trpc.identity.sso.change.useMutation();
  const { id: connectionId, name, issuer, clientId, isEnabled, joinsByDomain, defaultRoles } = connection;
  const read = useMemo(() => z.preprocess((typed) => withoutEmptySecret(typed, connectionId), ChangeConnection), [connectionId]);
  const schema = useWordedSchema<ChangeConnection, Typed>(read);
  const form = useZodForm({ schema, defaultValues: { name, issuer, clientId, clientSecret: "", isEnabled, joinsByDomain, defaultRoles } });
  return <ConnectionSheet title={t("changeOf", { name })} form={form} isKept save={(values) => change.mutateAsync(values)} onClose={onClose} />;
}

/** An empty secret is none that is given anew. */
function withoutEmptySecret(typed: unknown, connectionId: string): unknown {
  const values = z.looseObject({ clientSecret: z.string() }).parse(typed);
  return { ...values, connectionId, clientSecret: values.clientSecret === "" ? undefined : values.clientSecret };
}

interface ConnectionSheetProps<Output> {
  readonly title: string;
  readonly form: ZodForm<Typed, Output>;
  /** The provider is there already: its issuer stays, and its secret may. */
  readonly isKept?: boolean;
  readonly save: (values: Output) => Promise<ConnectionDto>;
  readonly onClose: () => void;
}

function ConnectionSheet<Output>({ title, form, isKept = false, save, onClose }: ConnectionSheetProps<Output>) {
  const t = useTranslations("security.sso");
  const ui = useTranslations("ui");
  const formId = useId();
  const { identity } = trpc.useUtils();
  const send = async (values: Output): Promise<void> => {
    const { name } = await save(values);
    await identity.sso.list.invalidate();
    toast.success(t("savedName", { name }));
    onClose();
  };
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" isLoading={form.formState.isSubmitting} loadingLabel={t("checking")}>
            {t("save")}
          </Button>
        </>
      }
    >
      <Form form={form} onSubmit={send} id={formId}>
        <Fields form={form} isKept={isKept} />
      </Form>
    </Sheet>
  );
}

function Fields<Output>({ form: { control, watch }, isKept }: { readonly form: ZodForm<Typed, Output>; readonly isKept: boolean }) {
  const t = useTranslations("security.sso");
  return (
    <>
      <FormField control={control} name="name" label={t("name")} help={t("nameHelp")}>
        {(field) => <Input {...field} autoComplete="off" />}
      </FormField>
      {isKept ? null : (
        <FormField control={control} name="issuer" label={t("issuer")} help={t("issuerHelp")}>
          {(field) => <Input {...field} type="url" autoComplete="off" />}
        </FormField>
      )}
      <FormField control={control} name="clientId" label={t("clientId")}>
        {(field) => <Input {...field} autoComplete="off" spellCheck={false} />}
      </FormField>
      <FormField control={control} name="clientSecret" label={t("clientSecret")} help={isKept ? t("keptSecret") : undefined} isRequired={!isKept}>
        {(field) => <Input {...field} type="password" autoComplete="new-password" />}
      </FormField>
      <FormField control={control} name="isEnabled" label={t("isEnabled")}>
        {(field) => <Switch {...field} />}
      </FormField>
      <FormField control={control} name="joinsByDomain" label={t("joins")} help={t("joinsHelp")}>
        {(field) => <Switch {...field} />}
      </FormField>
      {watch("joinsByDomain") ? (
        <FormField control={control} name="defaultRoles" label={t("roles")} isGroup>
          {(field) => <RoleChoices chosen={field.value} onChange={field.onChange} without={["owner"]} isLabelled />}
        </FormField>
      ) : null}
    </>
  );
}
