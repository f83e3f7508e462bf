"use client";

import { AskReset } from "@atrium/identity/contract";
import { Banner, Button, Form, FormField, Input, TextLink, useZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { z } from "zod";
import { trpc } from "../../../client/trpc.ts";
import { useAppError } from "../../../client/use-app-error.ts";
import { useWait } from "../../../client/use-wait.ts";
import { WaitBanner } from "../../../components/wait-banner.tsx";

/** Asks for the address. What is said then is the same whether anybody has it. */
export function ForgotForm({ slug, company }: { readonly slug: string; readonly company: string }) {
  const t = useTranslations("identity.forgot");
  const explain = useAppError();
  const ask = trpc.identity.credentials.askReset.useMutation();
  const limits = useTranslations("limits");
  const { wait, waitFor } = useWait();
  const [askedFor, setAskedFor] = useState<string>();
  const form = useZodForm({ schema: z.object({ email: z.string().trim().min(1, { error: t("emailMissing") }).pipe(AskReset.shape.email) }), defaultValues: { email: "" } });
  const send = async (values: AskReset) => {
    try {
      await ask.mutateAsync(values);
      setAskedFor(values.email);
      return [];
    } catch (error) {
      return waitFor(error) ? [] : explain(error).problems;
    }
  };
  return (
    <>
      {askedFor === undefined ? <p className="text-ink-soft">{t("text", { company })}</p> : <Banner title={t("sent", { email: askedFor })}>{t("sentText")}</Banner>}
      {wait === undefined ? null : <WaitBanner wait={wait} />}
      <Form form={form} onSubmit={send}>
        <FormField control={form.control} name="email" label={t("email")}>
          {(field) => <Input {...field} type="email" autoComplete="username" autoFocus />}
        </FormField>
        <Button type="submit" variant="primary" isLoading={form.formState.isSubmitting} loadingLabel={t("sending")} disabledReason={wait && limits("tooSoon")}>
          {askedFor === undefined ? t("submit") : t("again")}
        </Button>
      </Form>
      <p className="text-center">
        <TextLink href={`/${slug}/sign-in`}>{t("back")}</TextLink>
      </p>
    </>
  );
}
