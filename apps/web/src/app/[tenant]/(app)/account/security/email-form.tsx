"use client";

import { ChangeEmail } from "@atrium/identity/contract";
import { Button, Form, FormField, Input, toast, useZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { trpc } from "../../../../../client/trpc.ts";
import { useWordedSchema } from "../../../../../client/use-worded-schema.ts";

const blank = { email: "" };

/** Asks for another address. It counts once the link that goes there was opened. */
export function EmailForm({ onSent }: { readonly onSent: () => void }) {
  const t = useTranslations("identity.ownPassword");
  const ask = trpc.identity.credentials.askEmailChange.useMutation();
  const form = useZodForm({ schema: useWordedSchema<ChangeEmail, typeof blank>(ChangeEmail), defaultValues: blank });
  const send = async (values: ChangeEmail): Promise<void> => {
    await ask.mutateAsync(values);
    toast.success(t("emailSent", values));
    onSent();
  };
  return (
    <Form form={form} onSubmit={send}>
      <FormField control={form.control} name="email" label={t("newEmail")} help={t("newEmailHelp")}>
        {(field) => <Input {...field} type="email" autoComplete="email" />}
      </FormField>
      <div>
        <Button type="submit" variant="primary" isLoading={form.formState.isSubmitting} loadingLabel={t("sending")}>
          {t("sendLink")}
        </Button>
      </div>
    </Form>
  );
}
