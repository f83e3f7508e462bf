"use client";

import { RenamePasskey } from "@atrium/identity/contract";
import { Button, Dialog, Form, FormField, Input, useZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { trpc } from "../../../../../client/trpc.ts";

interface RenamePasskeyDialogProps {
  readonly id: string;
  readonly name: string;
  readonly onClose: () => void;
}

/** Gives a passkey another name. */
export function RenamePasskeyDialog({ id, name, onClose }: RenamePasskeyDialogProps) {
  const t = useTranslations("account.passkeys");
  const ui = useTranslations("ui");
  const { client, identity } = trpc.useUtils();
  const form = useZodForm({ schema: RenamePasskey.pick({ name: true }), defaultValues: { name } });
  const rename = async (typed: { readonly name: string }): Promise<void> => {
    await client.identity.passkeys.rename.mutate({ id, ...typed });
    await identity.passkeys.list.invalidate();
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("renameTitle", { name })}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button type="submit" form="rename-passkey" variant="primary" isLoading={form.formState.isSubmitting}>
            {t("rename")}
          </Button>
        </>
      }
    >
      <Form form={form} onSubmit={rename} id="rename-passkey">
        <FormField control={form.control} name="name" label={t("name")}>
          {(field) => <Input {...field} maxLength={60} autoComplete="off" autoFocus />}
        </FormField>
      </Form>
    </Dialog>
  );
}
