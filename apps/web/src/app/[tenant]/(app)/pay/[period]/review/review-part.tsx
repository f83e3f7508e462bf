"use client";

import { formatMonth } from "@atrium/kernel";
import type { RunReview, RunSummary } from "@atrium/payroll/contract";
import { Button, Card, Money, Skeleton, Tabs, toast } from "@atrium/ui";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { download } from "../../../../../../client/download.ts";
import { useTenantSlug } from "../../../../../../client/tenant-client.tsx";
import { trpc } from "../../../../../../client/trpc.ts";
import { useAppError } from "../../../../../../client/use-app-error.ts";
import { useUrlState } from "../../../../../../client/use-url-state.ts";
import { QueryError } from "../../../../../../components/query-error.tsx";
import { Figures } from "../figures.tsx";
import { ApproveCard } from "./approve-card.tsx";
import { DepartmentTable } from "./department-table.tsx";
import { DifferenceTable } from "./difference-table.tsx";
import { ReviewNotes } from "./review-notes.tsx";
import { SlipTable } from "./slip-table.tsx";
import { useDifferences, useSlips } from "./use-review-lists.ts";

/** What a run came to: for the second person to judge, and afterwards to look things up. */
export function ReviewPart({ run }: { readonly run: RunSummary }) {
  const part = useUrlState().get("part");
  const query = trpc.payroll.review.get.useQuery({ id: run.id });
  // The list below is asked together with what stands above it, and not after it.
  useDifferences(run.id, part === null);
  useSlips(run.id, part === "payslips");
  if (query.error) return <QueryError error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton className="h-64" />;
  return (
    <>
      <ApproveCard run={run} />
      <Totals review={query.data} />
      <ReviewNotes review={query.data} />
      <Parts review={query.data} />
    </>
  );
}

function Totals({ review }: { readonly review: RunReview }) {
  const t = useTranslations("payroll.review");
  const { sums, previous, employees } = review;
  if (!sums) return null;
  const against = previous ? formatMonth(previous.period) : undefined;
  const figure = (name: "grossMinor" | "deductionsMinor" | "netMinor" | "employerMinor") => ({
    label: t(name),
    value: <Money amount={sums[name]} />,
    detail: previous ? <Change from={previous.sums[name]} to={sums[name]} /> : undefined,
  });
  return (
    <Card title={t("totals")} description={against === undefined ? t("firstMonth") : t("comparedWith", { month: against })}>
      <div className="pt-2">
        <Figures
          items={[
            { label: t("employees"), value: employees.toLocaleString("en-IN"), detail: previous ? t("employeesBefore", { count: previous.employees }) : undefined },
            figure("grossMinor"),
            figure("deductionsMinor"),
            figure("netMinor"),
            figure("employerMinor"),
          ]}
        />
      </div>
    </Card>
  );
}

/** By how much an amount differs from the month before, in words rather than colours: more pay is neither good nor bad. */
function Change({ from, to }: { readonly from: number; readonly to: number }) {
  const t = useTranslations("payroll.review");
  if (from === to) return t("same");
  return (
    <>
      {t(to > from ? "more" : "less")} <Money amount={Math.abs(to - from)} />
    </>
  );
}

/** A page of its own table has its own place in the address; another part starts on its first page. */
const firstPage = { after: "", from: "", search: "", kind: "" };

function Parts({ review }: { readonly review: RunReview }) {
  const t = useTranslations("payroll.review");
  const url = useUrlState();
  const tabs = [
    ...(review.previous ? [{ id: "differences", label: t("differences"), content: <DifferenceTable review={review} /> }] : []),
    { id: "departments", label: t("departments"), content: <DepartmentTable review={review} /> },
    { id: "payslips", label: t("payslips"), content: <SlipTable run={review} /> },
  ];
  const first = tabs[0]?.id ?? "";
  const part = tabs.some(({ id }) => id === url.get("part")) ? (url.get("part") ?? first) : first;
  return (
    <div className="relative">
      <div className="flex justify-end pb-2 sm:absolute sm:top-0 sm:right-0">
        <RegisterButton review={review} />
      </div>
      <Tabs label={t("parts")} tabs={tabs} value={part} onChange={(id) => url.set({ ...firstPage, part: id === first ? "" : id })} />
    </div>
  );
}

function RegisterButton({ review }: { readonly review: RunReview }) {
  const t = useTranslations("payroll.review");
  const slug = useTenantSlug();
  const explain = useAppError();
  const onClick = (): void => void download(`/${slug}/api/payslips/register/${review.id}`).catch((error: unknown) => toast.error(explain(error).message));
  return (
    <Button size="sm" icon={<Download aria-hidden />} onClick={onClick}>
      {t("register")}
    </Button>
  );
}
