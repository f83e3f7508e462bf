"use client";

import { TextLink } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { postToCircuit } from "../../../client/circuit.ts";
import { trpc } from "../../../client/trpc.ts";
import { LinkPage } from "../../../components/link-page.tsx";
import { ChoosePasswordForm } from "../../../components/password/choose-password-form.tsx";

/** Accepts an invitation with a first password, and leads in with it. */
export function AcceptForm({ slug, company }: { readonly slug: string; readonly company: string }) {
  const t = useTranslations("identity.invitation");
  const accept = trpc.identity.credentials.acceptInvitation.useMutation();
  const comeIn = async (secret: string, password: string) => {
    const { email } = await accept.mutateAsync({ secret, password });
    // From here on the account is there. If the door asks for more than the password, its own page says so.
    const { refused } = await postToCircuit(slug, "callback/credentials", { email, password, callbackUrl: `/${slug}` }).catch((error: unknown) => ({ refused: error }));
    window.location.replace(refused === undefined ? `/${slug}` : `/${slug}/sign-in?why=accepted`);
  };
  return (
    <LinkPage purpose="invitation" otherwise={<Otherwise slug={slug} />}>
      {({ name, email, secret }) => (
        <>
          <p className="text-ink-soft">{t("text", { name, company, email })}</p>
          <ChoosePasswordForm email={email} submitLabel={t("submit")} onChoose={(password) => comeIn(secret, password)} />
        </>
      )}
    </LinkPage>
  );
}

function Otherwise({ slug }: { readonly slug: string }) {
  const t = useTranslations("identity.invitation");
  return (
    <p className="text-ink-soft">
      {t.rich("otherwise", {
        signIn: (text) => <TextLink href={`/${slug}/sign-in`}>{text}</TextLink>,
        forgot: (text) => <TextLink href={`/${slug}/forgot`}>{text}</TextLink>,
      })}
    </p>
  );
}
