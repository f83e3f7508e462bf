"use client";

import { Credentials } from "@atrium/identity/contract";
import { Banner, Button, Form, FormField, Input, TextLink, useZodForm } from "@atrium/ui";
import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { z } from "zod";
import type { ReactNode } from "react";
import { asRefusal } from "../../../client/refusals.ts";
import { useAppError } from "../../../client/use-app-error.ts";
import { useWait } from "../../../client/use-wait.ts";
import { WaitBanner } from "../../../components/wait-banner.tsx";
import { SecondFactorForm } from "./second-factor-form.tsx";
import type { TypedCredentials } from "./second-factor-form.tsx";
import { useSignIn } from "./use-sign-in.ts";
import type { Why } from "./why.ts";

export interface SignInFormProps {
  readonly slug: string;
  /** Where the person wanted to go: a path of this company. */
  readonly next: string;
  readonly why: Why | undefined;
  /** The refusal that came back without this page's script. */
  readonly refused: string | undefined;
  /** Other ways to come in. */
  readonly children?: ReactNode;
}

/** Asks for address and password, then for a second factor where there is one; or for a passkey and nothing else. */
export function SignInForm({ slug, next, why, refused, children }: SignInFormProps) {
  const t = useTranslations("identity.signIn");
  const explain = useAppError();
  const [typed, setTyped] = useState<TypedCredentials>();
  const [email, setEmail] = useState("");
  const leave = () => {
    setEmail(typed?.email ?? "");
    setTyped(undefined);
  };
  return (
    <>
      {why === undefined ? null : <Banner title={t(why)} />}
      {refused === undefined ? null : <Banner tone="danger" title={explain(asRefusal(refused)).message} />}
      {typed === undefined ? (
        <CredentialsForm slug={slug} next={next} email={email} onSecondFactor={setTyped} />
      ) : (
        <SecondFactorForm slug={slug} next={next} typed={typed} onBack={leave} />
      )}
      {children}
      <p className="text-center">
        <TextLink href="/">{t("otherCompany")}</TextLink>
      </p>
    </>
  );
}

interface CredentialsFormProps extends Pick<SignInFormProps, "slug" | "next"> {
  /** Typed before. */
  readonly email: string;
  readonly onSecondFactor: (typed: TypedCredentials) => void;
}

function CredentialsForm({ slug, next, email, onSecondFactor }: CredentialsFormProps) {
  const t = useTranslations("identity.signIn");
  const explain = useAppError();
  const { post, postPasskey, isLeaving, isAsking, failure } = useSignIn(slug, next);
  const limits = useTranslations("limits");
  const { wait, waitFor } = useWait();
  const form = useZodForm({
    schema: Credentials.extend({
      email: z.string().trim().min(1, { error: t("emailMissing") }).pipe(Credentials.shape.email),
      password: z.string().min(1, { error: t("passwordMissing") }).pipe(Credentials.shape.password),
    }),
    defaultValues: { email, password: "" },
  });
  const signIn = async (values: Credentials) => {
    const refused = await post("credentials", values);
    if (refused === undefined || waitFor(refused)) return [];
    if (refused.refusal.code !== "session/second-factor-needed") return explain(refused).problems;
    onSecondFactor({ ...values, kinds: String(refused.refusal.params?.["kinds"] ?? "").split(" ") });
    return [];
  };
  return (
    <>
      {wait === undefined ? null : <WaitBanner wait={wait} />}
      <Form form={form} onSubmit={signIn}>
        <FormField control={form.control} name="email" label={t("email")}>
          {(field) => <Input {...field} type="email" autoComplete="username" autoFocus />}
        </FormField>
        <FormField control={form.control} name="password" label={t("password")}>
          {(field) => <Input {...field} type="password" autoComplete="current-password" />}
        </FormField>
        <Button type="submit" variant="primary" isLoading={form.formState.isSubmitting || (isLeaving && !isAsking)} loadingLabel={t("submitting")} disabledReason={wait && limits("tooSoon")}>
          {t("submit")}
        </Button>
        <p className="text-center">
          <TextLink href={`/${slug}/forgot`}>{t("forgot")}</TextLink>
        </p>
      </Form>
      {failure === undefined ? null : <Banner tone="danger" title={explain(failure).message} />}
      <Button icon={<KeyRound aria-hidden />} isLoading={isAsking} loadingLabel={t("passkeyAsking")} onClick={() => postPasskey("passkey", {})}>
        {t("passkey")}
      </Button>
    </>
  );
}
