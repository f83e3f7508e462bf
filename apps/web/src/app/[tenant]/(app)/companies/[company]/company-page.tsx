"use client";

import type { CompanyDto } from "@atrium/identity/contract";
import { Banner, Button, Card, KeyValueList, PageHeader, SkeletonText, StatusBadge, TimeText, toast } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { useMe } from "../../../../../components/frame/me.ts";
import { Trail } from "../../../../../components/frame/trail.tsx";
import { QueryError } from "../../../../../components/query-error.tsx";
import { companyTones, usePlanName } from "../words.ts";
import { AccessCard } from "./access-card.tsx";
import { SuspendDialog } from "./suspend-dialog.tsx";

/** One company, as far as an operator may know it. */
export function CompanyPage({ company: slug }: { readonly company: string }) {
  const found = trpc.identity.operator.company.useQuery({ slug });
  if (found.error) return <QueryError error={found.error} onRetry={() => void found.refetch()} />;
  return found.data ? <Company company={found.data} /> : <SkeletonText lines={6} />;
}

function Company({ company }: { readonly company: CompanyDto }) {
  const t = useTranslations("operator");
  const planName = usePlanName();
  const { tenant } = useMe();
  const { slug, name, status, plan, createdAt, suspendedBecause } = company;
  return (
    <>
      <Trail items={[{ label: t("title"), href: `/${tenant.slug}` }, { label: name }]} />
      <PageHeader title={name} status={<StatusBadge tone={companyTones[status]}>{t(`status.${status}`)}</StatusBadge>} action={<Standing company={company} />} />
      <div className="flex max-w-3xl flex-col gap-4">
        <Card>
          <KeyValueList
            items={[
              { key: "slug", label: t("slug"), value: slug },
              { key: "plan", label: t("plan"), value: planName(plan) },
              { key: "created", label: t("created"), value: <TimeText instant={createdAt} timeZone={tenant.timeZone} /> },
              ...(suspendedBecause === null ? [] : [{ key: "because", label: t("because"), value: suspendedBecause }]),
            ]}
          />
        </Card>
        <AccessCard company={company} />
      </div>
    </>
  );
}

/** Shuts the company's doors, or opens them. */
function Standing({ company: { slug, name, status } }: { readonly company: CompanyDto }) {
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
