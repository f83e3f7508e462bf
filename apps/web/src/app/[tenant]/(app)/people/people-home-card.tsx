"use client";

import { ButtonLink, Card, Skeleton, Stat, StatGrid } from "@atrium/ui";
import { Building2, CalendarClock, FileUp, UserMinus, UserPlus, Users } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useTenantSlug } from "../../../../client/tenant-client.tsx";
import { trpc } from "../../../../client/trpc.ts";
import { useGrant } from "../../../../components/frame/me.ts";
import { QueryError } from "../../../../components/query-error.tsx";

/** How many work here, come and go; each number opens the list that it counts. */
export function PeopleHomeCard() {
  const t = useTranslations("people.home");
  const { number } = useFormatter();
  const people = `/${useTenantSlug()}/people`;
  const isTeam = useGrant("people:read")?.includes("team") === true;
  const canAdd = useGrant("people:write")?.includes("tenant") === true;
  const home = trpc.people.employee.home.useQuery();
  if (home.error) return <QueryError error={home.error} onRetry={() => void home.refetch()} />;
  if (!home.data) return <Skeleton className="h-28 lg:col-span-2" />;
  const { month, headcount, joiners, leavers, joiningLater, unfinishedImports } = home.data;
  if (canAdd && headcount + joiners + leavers + joiningLater + (unfinishedImports ?? 0) === 0) return <FirstSteps />;
  return (
    <section aria-label={t("title")} className="lg:col-span-2">
      <StatGrid>
        <Stat icon={<Users aria-hidden />} label={isTeam ? t("team") : t("headcount")} value={number(headcount)} href={`${people}?status=active`} />
        <Stat icon={<UserPlus aria-hidden />} label={t("joiners")} value={number(joiners)} href={`${people}?joinedIn=${month}`} />
        <Stat icon={<UserMinus aria-hidden />} label={t("leavers")} value={number(leavers)} href={`${people}?leftIn=${month}`} />
        <Stat icon={<CalendarClock aria-hidden />} label={t("later")} value={number(joiningLater)} href={`${people}?status=joining`} />
        {unfinishedImports === null || unfinishedImports === 0 ? null : (
          <Stat icon={<FileUp aria-hidden />} label={t("imports")} value={number(unfinishedImports)} href={`${people}/import`} tone="attention" />
        )}
      </StatGrid>
    </section>
  );
}

/** Where a company begins, before anybody works there. */
function FirstSteps() {
  const t = useTranslations("people.home");
  const people = `/${useTenantSlug()}/people`;
  return (
    <Card title={t("firstTitle")} className="lg:col-span-2">
      <p className="mb-4 text-ink-soft">{t("firstText")}</p>
      <div className="flex flex-wrap gap-2">
        <ButtonLink variant="primary" href={`${people}/organisation`} icon={<Building2 aria-hidden />}>
          {t("firstOrganisation")}
        </ButtonLink>
        <ButtonLink href={`${people}/new`} icon={<UserPlus aria-hidden />}>
          {t("firstPerson")}
        </ButtonLink>
        <ButtonLink href={`${people}/import`} icon={<FileUp aria-hidden />}>
          {t("firstImport")}
        </ButtonLink>
      </div>
    </Card>
  );
}
