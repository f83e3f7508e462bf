"use client";

import { Credentials } from "@atrium/identity/contract";
import { Banner, Button, Form, FormField, Input, TextLink, useZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { postToCircuit } from "../../../client/circuit.ts";
import { asRefusal } from "../../../client/refusals.ts";
import { useAppError } from "../../../client/use-app-error.ts";
import type { Why } from "./why.ts";

export interface SignInFormProps {
  readonly slug: string;
  /** Where the person wanted to go: a path of this company. */
  readonly next: string;
  readonly why: Why | undefined;
  /** The code of a refusal that came back without this page's script. */
  readonly refused: string | undefined;
}

export function SignInForm({ slug, next, why, refused }: SignInFormProps) {
  const t = useTranslations("identity.signIn");
  const explain = useAppError();
  const [isLeaving, setIsLeaving] = useState(false);
  const form = useZodForm({
    schema: Credentials.extend({
      email: Credentials.shape.email.min(1, { error: t("emailMissing") }),
      password: Credentials.shape.password.min(1, { error: t("passwordMissing") }),
    }),
    defaultValues: { email: "", password: "" },
  });
  const signIn = async (values: Credentials) => {
    const answer = await postToCircuit(slug, "callback/credentials", { ...values, callbackUrl: next });
    if (answer.refused !== undefined) return explain(asRefusal(answer.refused)).problems;
    setIsLeaving(true);
    window.location.assign(next);
    return [];
  };
  const isBusy = form.formState.isSubmitting || isLeaving;
  return (
    <>
      {why === undefined ? null : <Banner title={t(why)} />}
      {refused === undefined ? null : <Banner tone="danger" title={explain(asRefusal(refused)).message} />}
      <Form form={form} onSubmit={signIn}>
        <FormField control={form.control} name="email" label={t("email")}>
          {(field) => <Input {...field} type="email" autoComplete="username" autoFocus />}
        </FormField>
        <FormField control={form.control} name="password" label={t("password")}>
          {(field) => <Input {...field} type="password" autoComplete="current-password" />}
        </FormField>
        <Button type="submit" variant="primary" isLoading={isBusy} loadingLabel={t("submitting")}>
          {t("submit")}
        </Button>
      </Form>
      <p className="text-center">
        <TextLink href="/">{t("otherCompany")}</TextLink>
      </p>
    </>
  );
}
