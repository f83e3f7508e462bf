"use client";

import { PageHeader } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { Trail } from "../../../../../components/frame/trail.tsx";
import { DevicesCard } from "./devices-card.tsx";
import { EnrolmentBanner } from "./enrolment-banner.tsx";
import { PasskeysCard } from "./passkeys-card.tsx";
import { PasswordCard } from "./password-card.tsx";
import { ProviderCard } from "./provider-card.tsx";
import { SecondFactorCard } from "./second-factor-card.tsx";

/** How the person proves who they are, and where they are signed in. */
export function SecurityPage({ next }: { readonly next: string }) {
  const t = useTranslations("account");
  return (
    <>
      <Trail items={[{ label: t("title") }]} />
      <PageHeader title={t("title")} description={t("text")} />
      <EnrolmentBanner next={next} />
      <div className="flex max-w-3xl flex-col gap-4">
        <PasswordCard />
        <SecondFactorCard />
        <PasskeysCard />
        <ProviderCard />
        <DevicesCard />
      </div>
    </>
  );
}
