"use client";

import type { RunProgress, RunSummary } from "@atrium/payroll/contract";
import { Banner, Card, Money, ProgressBar } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { usePace } from "../../../../../client/use-pace.ts";
import { useGrant } from "../../../../../components/frame/me.ts";
import { QueryError } from "../../../../../components/query-error.tsx";
import { CancelButton } from "./cancel-button.tsx";
import { Figures } from "./figures.tsx";
import { StoppedBanner } from "./stopped-banner.tsx";

/** A run at work: how far it is, what it adds up to so far, how long it still takes. */
export function ProgressPart({ run }: { readonly run: RunSummary }) {
  const t = useTranslations("payroll.progress");
  const utils = trpc.useUtils();
  const pace = usePace();
  const query = trpc.payroll.run.progress.useQuery({ id: run.id }, { refetchInterval: (asked) => (asked.state.data?.failure == null ? pace(asked, run.id) : false) });
  const canRun = useGrant("payroll:run") !== undefined;
  const status = query.data?.status;
  useEffect(() => {
    // The run has moved on, and what the page shows with it.
    if (status !== undefined && status !== run.status) void utils.payroll.run.ofMonth.invalidate();
  }, [status, run.status, utils]);
  if (query.error) return <QueryError error={query.error} onRetry={() => void query.refetch()} />;
  const progress = query.data;
  // A run that has lost its job would be waited for in vain.
  if (progress?.failure != null) return <StoppedBanner run={{ ...run, status: progress.status, failure: progress.failure }} />;
  return (
    <Card title={t("title")} action={canRun ? <CancelButton run={{ ...run, isCancelRequested: progress?.isCancelRequested ?? run.isCancelRequested }} /> : undefined}>
      <div className="flex flex-col gap-5" aria-live="polite">
        {progress?.isCancelRequested === true ? <Banner tone="attention" title={t("cancelling")} /> : null}
        <ProgressBar label={t("label")} value={status === "computing" ? progress?.done : undefined} max={run.employees} detail={<Pace progress={progress} />} />
        <Figures
          items={[
            { label: t("gross"), value: <Money amount={progress?.sums.grossMinor ?? 0} /> },
            { label: t("deductions"), value: <Money amount={progress?.sums.deductionsMinor ?? 0} /> },
            { label: t("net"), value: <Money amount={progress?.sums.netMinor ?? 0} /> },
          ]}
        />
        <p className="text-ink-soft">{t("leave")}</p>
      </div>
    </Card>
  );
}

function Pace({ progress }: { readonly progress: RunProgress | undefined }) {
  const t = useTranslations("payroll.progress");
  if (progress === undefined) return null;
  if (progress.status === "queued") return t("waiting");
  const { done, employees, perSecond, secondsLeft } = progress;
  const count = t("count", { done, employees });
  return perSecond === null || secondsLeft === null ? count : `${count} · ${t("pace", { perSecond })} · ${t("left", { seconds: secondsLeft })}`;
}
