"use client";

import { Banner, Button, TextLink } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { trpc } from "../../../client/trpc.ts";
import { useAppError } from "../../../client/use-app-error.ts";
import { LinkPage } from "../../../components/link-page.tsx";

/** Confirms a new address. By a press, not by opening: what looks through mails for dangers opens every link. */
export function ConfirmForm({ slug, company }: { readonly slug: string; readonly company: string }) {
  const t = useTranslations("identity.confirmEmail");
  const explain = useAppError();
  const confirm = trpc.identity.credentials.confirmEmail.useMutation();
  if (confirm.data) {
    return (
      <>
        <Banner title={t("done", { email: confirm.data.email, company })} />
        <p className="text-center">
          <TextLink href={`/${slug}`}>{t("goOn")}</TextLink>
        </p>
      </>
    );
  }
  return (
    <LinkPage purpose="email-change" otherwise={<p className="text-ink-soft">{t("otherwise")}</p>}>
      {({ email, secret }) => (
        <>
          <p className="text-ink-soft">{t("text", { email, company })}</p>
          {confirm.error ? <Banner tone="danger" title={explain(confirm.error).message} /> : null}
          <Button variant="primary" isLoading={confirm.isPending} loadingLabel={t("confirming")} onClick={() => confirm.mutate({ secret })}>
            {t("submit")}
          </Button>
        </>
      )}
    </LinkPage>
  );
}
