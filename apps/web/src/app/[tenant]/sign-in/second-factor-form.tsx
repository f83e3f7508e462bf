"use client";

import { TypedCode } from "@atrium/identity/contract";
import type { Credentials } from "@atrium/identity/contract";
import { Banner, Button, Form, FormField, Input, useZodForm } from "@atrium/ui";
import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { z } from "zod";
import { useAppError } from "../../../client/use-app-error.ts";
import { useWait } from "../../../client/use-wait.ts";
import { WaitBanner } from "../../../components/wait-banner.tsx";
import { useSignIn } from "./use-sign-in.ts";

/** What was typed and found right. It stays in this page's memory until the second factor goes with it. */
export interface TypedCredentials extends Credentials {
  /** By what the person can prove themselves beyond the password. */
  readonly kinds: readonly string[];
}

export interface SecondFactorFormProps {
  readonly slug: string;
  readonly next: string;
  readonly typed: TypedCredentials;
  readonly onBack: () => void;
}

/** The second step: a code of the app, a recovery code, or the passkey; sent together with what was typed before. */
export function SecondFactorForm({ slug, next, typed: { kinds, ...typed }, onBack }: SecondFactorFormProps) {
  const t = useTranslations("identity.signIn");
  const explain = useAppError();
  const { post, postPasskey, isLeaving, isAsking, failure } = useSignIn(slug, next);
  const limits = useTranslations("limits");
  const { wait, waitFor } = useWait();
  const form = useZodForm({ schema: z.object({ code: TypedCode.min(1, { error: t("codeMissing") }) }), defaultValues: { code: "" } });
  const send = async ({ code }: { readonly code: string }) => {
    const refused = await post("credentials", { ...typed, code });
    return refused === undefined || waitFor(refused) ? [] : explain(refused).problems;
  };
  const hasApp = kinds.includes("totp");
  const hasPasskey = kinds.includes("passkey");
  return (
    <>
      <p className="text-ink-soft">{t("secondFactorText", { email: typed.email })}</p>
      {failure === undefined ? null : <Banner tone="danger" title={explain(failure).message} />}
      {wait === undefined ? null : <WaitBanner wait={wait} />}
      {hasPasskey ? (
        <Button variant={hasApp ? "secondary" : "primary"} icon={<KeyRound aria-hidden />} isLoading={isAsking} loadingLabel={t("passkeyAsking")} onClick={() => postPasskey("credentials", typed)}>
          {t("passkey")}
        </Button>
      ) : null}
      {hasApp || kinds.includes("recovery") ? (
        <Form form={form} onSubmit={send}>
          <FormField control={form.control} name="code" label={hasApp ? t("code") : t("recoveryCode")} help={hasApp ? t("codeHelp") : t("recoveryCodeHelp")}>
            {(field) => <Input {...field} autoComplete="one-time-code" autoCapitalize="characters" spellCheck={false} autoFocus={hasApp || !hasPasskey} />}
          </FormField>
          <Button type="submit" variant={hasApp || !hasPasskey ? "primary" : "secondary"} isLoading={form.formState.isSubmitting || (isLeaving && !isAsking)} loadingLabel={t("submitting")} disabledReason={wait && limits("tooSoon")}>
            {t("submit")}
          </Button>
        </Form>
      ) : null}
      <Button variant="ghost" onClick={onBack}>
        {t("back")}
      </Button>
    </>
  );
}
