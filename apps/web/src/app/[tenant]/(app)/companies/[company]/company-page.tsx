"use client";

import type { ConsoleCompany } from "@atrium/billing/contract";
import type { CompanyDto } from "@atrium/identity/contract";
import { Banner, Button, Card, KeyValueList, PageHeader, SkeletonText, StatusBadge, TimeText, toast } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { useMe } from "../../../../../components/frame/me.ts";
import { Trail } from "../../../../../components/frame/trail.tsx";
import { QueryError } from "../../../../../components/query-error.tsx";
import { Standing } from "../use-company-columns.tsx";
import { standingTones, usePlanName } from "../words.ts";
import { AccessCard } from "./access-card.tsx";
import { LimitsCard } from "./limits-card.tsx";
import { OverrideHistory } from "./override-history.tsx";
import { SuspendDialog } from "./suspend-dialog.tsx";
import { UnpaidCard } from "./unpaid-card.tsx";
import { UsageCard } from "./usage-card.tsx";

/** A page that stays open shows what is used now. */
const lookAgainMs = 5_000;

/** One company, as far as an operator may know it. */
export function CompanyPage({ company: slug }: { readonly company: string }) {
  const found = trpc.identity.operator.company.useQuery({ slug });
  const limits = trpc.billing.console.company.useQuery({ slug }, { refetchInterval: lookAgainMs });
  const failed = [found, limits].find(({ error, data }) => error !== null && data === undefined);
  if (failed?.error) return <QueryError error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!found.data || !limits.data) return <SkeletonText lines={6} />;
  return <Company company={found.data} limits={limits.data} readAt={limits.dataUpdatedAt} />;
}

interface CompanyProps {
  readonly company: CompanyDto;
  readonly limits: ConsoleCompany;
  /** When the limits were read, in ms. */
  readonly readAt: number;
}

function Company({ company, limits, readAt }: CompanyProps) {
  const t = useTranslations("operator");
  const { tenant } = useMe();
  const { name, status } = company;
  return (
    <>
      <Trail items={[{ label: t("title"), href: `/${tenant.slug}` }, { label: name }]} />
      <PageHeader title={name} status={<Standing company={{ status, standing: limits.standing }} />} action={<Doors company={company} />} />
      <div className="flex max-w-5xl flex-col gap-4">
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <Facts company={company} limits={limits} />
          <LimitsCard company={limits} />
        </div>
        <UsageCard usage={limits.usage} readAt={readAt} />
        <UnpaidCard company={limits} />
        <OverrideHistory overrides={limits.overrides} />
        <AccessCard company={company} />
      </div>
    </>
  );
}

function Facts({ company: { slug, createdAt, suspendedBecause }, limits: { plan, standing } }: Pick<CompanyProps, "company" | "limits">) {
  const t = useTranslations("operator");
  const planName = usePlanName();
  const { timeZone } = useMe().tenant;
  return (
    <Card>
      <KeyValueList
        items={[
          { key: "slug", label: t("slug"), value: slug },
          { key: "plan", label: t("plan"), value: planName(plan) },
          { key: "standing", label: t("standingTitle"), value: <StatusBadge tone={standingTones[standing]}>{t(`standing.${standing}`)}</StatusBadge> },
          { key: "created", label: t("created"), value: <TimeText instant={createdAt} timeZone={timeZone} /> },
          ...(suspendedBecause === null ? [] : [{ key: "because", label: t("because"), value: <span className="wrap-anywhere">{suspendedBecause}</span> }]),
        ]}
      />
    </Card>
  );
}

/** Shuts the company's doors, or opens them. */
function Doors({ company: { slug, name, status } }: { readonly company: CompanyDto }) {
  const t = useTranslations("operator");
  const explain = useAppError();
  const [isAsking, setIsAsking] = useState(false);
  const { identity } = trpc.useUtils();
  const resume = trpc.identity.operator.resume.useMutation({
    onSettled: () => identity.operator.invalidate(),
    onSuccess: () => toast.success(t("resumed", { name })),
  });
  if (status === "deleted") return null;
  if (status === "suspended") {
    return (
      <>
        {resume.error ? <Banner tone="danger" title={explain(resume.error).message} /> : null}
        <Button isLoading={resume.isPending} onClick={() => resume.mutate({ slug })}>{t("resume")}</Button>
      </>
    );
  }
  return (
    <>
      <Button onClick={() => setIsAsking(true)}>{t("suspend")}</Button>
      {isAsking ? <SuspendDialog slug={slug} name={name} onClose={() => setIsAsking(false)} /> : null}
    </>
  );
}
