"use client";

import { AuditFindings } from "@atrium/identity/contract";
import { Banner, StatusBadge, TimeText } from "@atrium/ui";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { fetchRoute } from "../../../../../client/refusals.ts";
import { useTenantSlug } from "../../../../../client/tenant-client.tsx";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { useMe } from "../../../../../components/frame/me.ts";

/** A long chain takes seconds to recompute, so it is not done at every look. */
const staleTime = 5 * 60_000;

/** Whether the trail is as it was written: a quiet badge, or an alarm that says what is wrong and what to do. */
export function ChainBadge() {
  const t = useTranslations("identity.audit.chain");
  const explain = useAppError();
  const slug = useTenantSlug();
  const { data, error, isPending } = useQuery({
    queryKey: ["audit-chain", slug],
    queryFn: async () => AuditFindings.parse(await (await fetchRoute(`/${slug}/api/audit/verify`)).json()),
    staleTime,
    refetchOnWindowFocus: false,
  });
  if (isPending) return <StatusBadge>{t("verifying")}</StatusBadge>;
  if (error) return <StatusBadge tone="attention">{explain(error).message}</StatusBadge>;
  return <Findings {...data} />;
}

function Findings({ verifiedTo, fault, anchor, forgedAnchors }: AuditFindings) {
  const t = useTranslations("identity.audit.chain");
  const { tenant } = useMe();
  if (fault) {
    return (
      <Banner tone="danger" title={t(`faults.${fault.kind}`, { seq: fault.seq })}>
        {t("whatToDo")}
      </Banner>
    );
  }
  if (forgedAnchors.length > 0) {
    return (
      <Banner tone="danger" title={t("forgedAnchors", { count: forgedAnchors.length })}>
        {t("whatToDo")}
      </Banner>
    );
  }
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-soft">
      <StatusBadge tone="good">{verifiedTo === 0 ? t("empty") : t("verified", { seq: verifiedTo })}</StatusBadge>
      {anchor ? t.rich("anchored", { seq: anchor.seq, time: () => <TimeText instant={anchor.at} timeZone={tenant.timeZone} /> }) : t("notAnchored")}
    </p>
  );
}
