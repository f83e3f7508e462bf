"use client";

import { Button, Form, FormField, Input, useZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { z } from "zod";
import { useAppError } from "../../client/use-app-error.ts";
import { useWait } from "../../client/use-wait.ts";
import { WaitBanner } from "../wait-banner.tsx";
import { PasswordInput } from "./password-input.tsx";

export interface ChoosePasswordFormProps {
  /** For whom: a password manager keeps it under this address. */
  readonly email: string;
  readonly submitLabel: string;
  readonly onChoose: (password: string) => Promise<void>;
}

/** A new password, typed twice. */
export function ChoosePasswordForm({ email, submitLabel, onChoose }: ChoosePasswordFormProps) {
  const t = useTranslations("identity.password");
  const limits = useTranslations("limits");
  const explain = useAppError();
  const { wait, waitFor } = useWait();
  const form = useZodForm({
    schema: z
      .object({ password: z.string().min(1, { error: t("missing") }), again: z.string() })
      .refine(({ password, again }) => password === again, { path: ["again"], error: t("differs") }),
    defaultValues: { password: "", again: "" },
  });
  const choose = async ({ password }: { readonly password: string }) => {
    try {
      await onChoose(password);
      return [];
    } catch (error) {
      return waitFor(error) ? [] : explain(error).problems;
    }
  };
  return (
    <>
      {wait === undefined ? null : <WaitBanner wait={wait} />}
      <Form form={form} onSubmit={choose}>
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <FormField control={form.control} name="password" label={t("new")}>
          {(field) => <PasswordInput {...field} />}
        </FormField>
        <FormField control={form.control} name="again" label={t("again")}>
          {(field) => <Input {...field} type="password" autoComplete="new-password" />}
        </FormField>
        <Button type="submit" variant="primary" isLoading={form.formState.isSubmitting} loadingLabel={t("saving")} disabledReason={wait && limits("tooSoon")}>
          {submitLabel}
        </Button>
      </Form>
    </>
  );
}
