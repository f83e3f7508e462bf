"use client";

import { SkeletonText } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { trpc } from "../../../../../client/trpc.ts";
import { useGrant } from "../../../../../components/frame/me.ts";
import { QueryError } from "../../../../../components/query-error.tsx";
import { ConnectionsCard } from "./connections-card.tsx";
import { DomainsCard } from "./domains-card.tsx";
import { PolicyCard } from "./policy-card.tsx";
import { SessionsCard } from "./sessions-card.tsx";
import { SupportCard } from "./support-card.tsx";

/** How people sign in to the company, and who may look in. */
export function SecuritySettingsPage() {
  const t = useTranslations("security");
  const canManage = useGrant("security:manage") !== undefined;
  const policy = trpc.identity.security.get.useQuery();
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <p className="text-ink-soft">{canManage ? t("text") : `${t("text")} ${t("readOnly")}`}</p>
      <SupportCard canManage={canManage} />
      {policy.error ? <QueryError error={policy.error} onRetry={() => void policy.refetch()} /> : null}
      {policy.isPending ? <SkeletonText lines={6} /> : null}
      {policy.data ? (
        <>
          <PolicyCard policy={policy.data} canManage={canManage} />
          <SessionsCard key={`${policy.data.sessionMaxMinutes} ${policy.data.sessionIdleMinutes}`} policy={policy.data} canManage={canManage} />
        </>
      ) : null}
      <ConnectionsCard canManage={canManage} />
      <DomainsCard canManage={canManage} />
    </div>
  );
}
