"use client";

import { SignUpPreview } from "@atrium/identity/contract";
import { Banner, ButtonLink, SkeletonText } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { asRefusal, fetchRoute, refusalOf } from "../../../client/refusals.ts";
import { useAppError } from "../../../client/use-app-error.ts";
import { ConfirmForm } from "./confirm-form.tsx";

/** A link that was opened, or why it was not. */
type Opened = { readonly token: string; readonly preview: SignUpPreview } | { readonly error: unknown };

/** Reads the link behind the `#`, which no server has seen, and shows what it makes. */
export function ConfirmSignUpPage() {
  const t = useTranslations("company.confirm");
  const [opened, setOpened] = useState<Opened>();
  useEffect(() => {
    const token = window.location.hash.slice(1);
    void openLink(token).then(setOpened);
  }, []);
  if (opened === undefined) {
    return (
      <div role="status">
        <span className="sr-only">{t("opening")}</span>
        <SkeletonText lines={4} />
      </div>
    );
  }
  if ("error" in opened) return <NotOpened error={opened.error} />;
  return <ConfirmForm token={opened.token} preview={opened.preview} onRefused={(error) => setOpened({ error })} />;
}

async function openLink(token: string): Promise<Opened> {
  // Somebody who types the address of this page has no link.
  if (token === "") return { error: asRefusal("sign-up/link-invalid") };
  try {
    const answer = await fetchRoute("/api/sign-up/open", { method: "POST", body: JSON.stringify({ token }) });
    return { token, preview: SignUpPreview.parse(await answer.json()) };
  } catch (error) {
    return { error };
  }
}

function NotOpened({ error }: { readonly error: unknown }) {
  const t = useTranslations("company.confirm");
  const explain = useAppError();
  const made = madeSlug(error);
  if (made !== undefined) {
    return (
      <>
        <Banner title={t("doneAlready")}>{t("doneAlreadyText")}</Banner>
        <ButtonLink href={`/${made}/sign-in`} variant="primary">
          {t("signIn")}
        </ButtonLink>
      </>
    );
  }
  return (
    <>
      <Banner tone="danger" title={t("notOpened")}>
        {explain(error).message}
      </Banner>
      <ButtonLink href="/sign-up">{t("signUpAgain")}</ButtonLink>
    </>
  );
}

/** The company that this very link has made before. */
function madeSlug(error: unknown): string | undefined {
  const refusal = refusalOf(error);
  const slug = refusal?.code === "sign-up/already-confirmed" ? refusal.params?.["slug"] : undefined;
  return typeof slug === "string" ? slug : undefined;
}
