import { dayIn, formatDate } from "@atrium/kernel";
import { ButtonLink } from "@atrium/ui";
import { Archive, CreditCard } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { NarrowPage } from "../../../components/narrow-page.tsx";
import { SignOutButton } from "../../../components/sign-out-button.tsx";
import { SupportCode } from "../../../components/support-code.tsx";
import { requireMe } from "../../../server/page-context.ts";
import { ExportButton } from "./export-button.tsx";

interface SubscriptionPageProps {
  readonly params: Promise<{ tenant: string }>;
}

export async function generateMetadata({ params }: SubscriptionPageProps): Promise<Metadata> {
  const t = await getTranslations("subscription.over");
  return { title: t("title", { company: (await requireMe((await params).tenant)).tenant.name }) };
}

/** Where every page leads once the subscription is over. Its status, 402, is set before the server is asked: see `edge/outcomes.ts`. */
export default async function SubscriptionPage({ params }: SubscriptionPageProps) {
  const { tenant, grants, obstacle, subscriptionUntil } = await requireMe((await params).tenant);
  const { slug, name } = tenant;
  if (obstacle !== "expired") redirect(`/${slug}`);
  const t = await getTranslations("subscription.over");
  return (
    <NarrowPage title={t("title", { company: name })}>
      <p>{t("text")}</p>
      {subscriptionUntil === null ? null : <p className="text-ink-soft">{t("ended", { date: formatDate(dayIn(new Date(subscriptionUntil), tenant.timeZone)) })}</p>}
      {grants["billing:read"] === undefined ? (
        <p>{t("owners")}</p>
      ) : (
        <ButtonLink variant="primary" href={`/${slug}/settings/billing`} icon={<CreditCard aria-hidden />}>
          {t("billing")}
        </ButtonLink>
      )}
      {grants["company:manage"] === undefined ? null : (
        <ButtonLink href={`/${slug}/settings/company`} icon={<Archive aria-hidden />}>
          {t("exportAll")}
        </ButtonLink>
      )}
      {grants["people:export"] === undefined ? null : <ExportButton slug={slug} />}
      <SignOutButton slug={slug} />
      <SupportCode code="subscription_expired" />
    </NarrowPage>
  );
}
