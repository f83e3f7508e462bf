"use client";

import { formatMonth } from "@atrium/kernel";
import type { YearMonth } from "@atrium/kernel";
import type { RunSummary } from "@atrium/payroll/contract";
import { PageHeader, Skeleton } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useTenantSlug } from "../../../../../client/tenant-client.tsx";
import { trpc } from "../../../../../client/trpc.ts";
import { usePace } from "../../../../../client/use-pace.ts";
import { Trail } from "../../../../../components/frame/trail.tsx";
import { QueryError } from "../../../../../components/query-error.tsx";
import { RunStatusBadge } from "../run-status-badge.tsx";
import { InputsPart } from "./inputs/inputs-part.tsx";
import { StartButton } from "./inputs/start-button.tsx";
import { MonthSteps } from "./month-steps.tsx";
import { ProgressPart } from "./progress-part.tsx";
import { ReviewPart } from "./review/review-part.tsx";
import { StoppedBanner } from "./stopped-banner.tsx";

/** While payslips are computed, the part that shows it asks how far that is, and this page need not ask as well. */
const isPublishing = (run: RunSummary | null | undefined): run is RunSummary =>
  run != null && run.failure === null && (run.status === "approved" || run.status === "publishing");

const isOpen = (run: RunSummary | null): boolean => run === null || run.status === "cancelled";

export interface MonthPageProps {
  readonly period: YearMonth;
  /** Where the month stood when the page was made; undefined when that could not be told. */
  readonly first: { readonly answer: { readonly run: RunSummary | null }; readonly at: number } | undefined;
}

/** One month's pay, from its inputs to the published payslips. */
export function MonthPage({ period, first }: MonthPageProps) {
  const t = useTranslations("payroll");
  const slug = useTenantSlug();
  const pace = usePace();
  const query = trpc.payroll.run.ofMonth.useQuery(
    { period },
    {
      ...(first && { initialData: first.answer, initialDataUpdatedAt: first.at }),
      refetchInterval: (asked) => (isPublishing(asked.state.data?.run) ? pace(asked, asked.state.data.run.id) : false),
    },
  );
  const run = query.data?.run ?? null;
  const month = formatMonth(period);
  return (
    <>
      <Trail items={[{ label: t("title"), href: `/${slug}/pay` }, { label: month }]} />
      <PageHeader
        title={month}
        status={query.data ? <RunStatusBadge run={run} /> : undefined}
        action={query.data && isOpen(run) ? <StartButton period={period} /> : undefined}
      />
      {query.error ? <QueryError error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isPending ? <Skeleton className="h-64" /> : null}
      {query.data ? (
        <>
          <MonthSteps run={run} />
          <MonthPart period={period} run={run} />
        </>
      ) : null}
    </>
  );
}

/** What belongs to where the month stands. */
function MonthPart({ period, run }: { readonly period: YearMonth; readonly run: RunSummary | null }) {
  if (run === null || isOpen(run)) return <InputsPart period={period} />;
  if (run.status === "queued" || run.status === "computing") return <ProgressPart run={run} />;
  if (run.status === "failed") return <StoppedBanner run={run} />;
  return (
    <>
      <StoppedBanner run={run} />
      <ReviewPart run={run} />
    </>
  );
}
