"use client";

import { TextLink } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { trpc } from "../../../client/trpc.ts";
import { LinkPage } from "../../../components/link-page.tsx";
import { ChoosePasswordForm } from "../../../components/password/choose-password-form.tsx";

/** Chooses a new password by the link from the mail, then leads to the sign-in page. */
export function ResetForm({ slug }: { readonly slug: string }) {
  const t = useTranslations("identity.reset");
  const reset = trpc.identity.credentials.reset.useMutation();
  return (
    <LinkPage purpose="password-reset" otherwise={<TextLink href={`/${slug}/forgot`}>{t("askAgain")}</TextLink>}>
      {({ email, secret }) => (
        <>
          <p className="text-ink-soft">{t("text", { email })}</p>
          <ChoosePasswordForm
            email={email}
            submitLabel={t("submit")}
            onChoose={async (password) => {
              await reset.mutateAsync({ secret, password });
              window.location.replace(`/${slug}/sign-in?why=password-changed`);
            }}
          />
        </>
      )}
    </LinkPage>
  );
}
