"use client";

import type { MyProofs, StepUp } from "@atrium/identity/contract";
import { Banner, Button, Form, FormField, Input, useZodForm } from "@atrium/ui";
import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { z } from "zod";
import { answerQuestion } from "../../client/passkeys.ts";
import { settleProof } from "../../client/step-up.ts";
import { trpc } from "../../client/trpc.ts";
import { useAppError } from "../../client/use-app-error.ts";

interface ProofFormProps {
  readonly slug: string;
  readonly proofs: MyProofs;
}

/** By whatever this person can prove who they are: a passkey, the password with a code, or their company's provider. */
export function ProofForm({ slug, proofs: { kinds, hasPassword, hasProvider } }: ProofFormProps) {
  const t = useTranslations("account.stepUp");
  const hasPasskey = kinds.includes("passkey");
  const asksCode = kinds.includes("totp") || kinds.includes("recovery");
  return (
    <div className="flex flex-col gap-4 pb-3">
      {hasPasskey ? <PasskeyProof isOnly={!hasPassword} /> : null}
      {hasPassword ? <PasswordProof asksCode={asksCode} isSecond={hasPasskey} /> : null}
      {hasProvider ? <ProviderProof slug={slug} /> : null}
      {hasPassword || hasPasskey || hasProvider ? null : <p className="text-ink-soft">{t("noWay")}</p>}
    </div>
  );
}

function PasskeyProof({ isOnly }: { readonly isOnly: boolean }) {
  const t = useTranslations("account.stepUp");
  const explain = useAppError();
  const { client } = trpc.useUtils();
  const [state, setState] = useState<{ readonly isAsking: boolean; readonly failure?: unknown }>({ isAsking: false });
  const prove = async (): Promise<void> => {
    setState({ isAsking: true });
    try {
      await client.identity.signIn.stepUp.mutate({ passkey: await answerQuestion(await client.identity.passkeys.ask.mutate()) });
      settleProof("proved");
    } catch (failure) {
      setState({ isAsking: false, failure });
    }
  };
  return (
    <>
      {state.failure === undefined ? null : <Banner tone="danger" title={explain(state.failure).message} />}
      <Button variant={isOnly ? "primary" : "secondary"} icon={<KeyRound aria-hidden />} isLoading={state.isAsking} loadingLabel={t("passkeyAsking")} onClick={() => void prove()} autoFocus>
        {t("passkey")}
      </Button>
    </>
  );
}

/** @param isSecond something else stands above, which is quicker */
function PasswordProof({ asksCode, isSecond }: { readonly asksCode: boolean; readonly isSecond: boolean }) {
  const t = useTranslations("account.stepUp");
  const { client } = trpc.useUtils();
  const form = useZodForm({
    schema: z.object({
      password: z.string().min(1, { error: t("passwordMissing") }),
      code: asksCode ? z.string().trim().min(1, { error: t("codeMissing") }) : z.string(),
    }),
    defaultValues: { password: "", code: "" },
  });
  const prove = async ({ password, code }: { readonly password: string; readonly code: string }): Promise<void> => {
    const typed: StepUp = { password, ...(asksCode && { code }) };
    await client.identity.signIn.stepUp.mutate(typed);
    settleProof("proved");
  };
  return (
    <Form form={form} onSubmit={prove}>
      <FormField control={form.control} name="password" label={t("password")}>
        {(field) => <Input {...field} type="password" autoComplete="current-password" autoFocus={!isSecond} />}
      </FormField>
      {asksCode ? (
        <FormField control={form.control} name="code" label={t("code")} help={t("codeHelp")}>
          {(field) => <Input {...field} autoComplete="one-time-code" autoCapitalize="characters" spellCheck={false} />}
        </FormField>
      ) : null}
      <div className="flex flex-wrap justify-end gap-2 max-sm:flex-col-reverse">
        <Button onClick={() => settleProof("cancelled")}>{t("cancel")}</Button>
        <Button type="submit" variant="primary" isLoading={form.formState.isSubmitting} loadingLabel={t("confirming")}>
          {t("confirm")}
        </Button>
      </div>
    </Form>
  );
}

/** The provider asks in a tab of its own, so that nothing of this page is lost. */
function ProviderProof({ slug }: { readonly slug: string }) {
  const t = useTranslations("account.stepUp");
  const [hasLeft, setHasLeft] = useState(false);
  const leave = (): void => {
    const wanted = new URLSearchParams({ for: "step-up", next: `/${slug}/account/security` });
    window.open(`/${slug}/api/sso/start?${wanted.toString()}`, "_blank", "noopener");
    setHasLeft(true);
  };
  return (
    <>
      <Button onClick={leave}>{t("provider")}</Button>
      {hasLeft ? (
        <Button variant="primary" onClick={() => settleProof("proved")}>
          {t("providerDone")}
        </Button>
      ) : null}
    </>
  );
}
