"use client";

import type { YearMonth } from "@atrium/kernel";
import type { Month } from "@atrium/payroll/contract";
import { Card, Money, Skeleton } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "../../../../../../client/trpc.ts";
import { QueryError } from "../../../../../../components/query-error.tsx";
import { Figures } from "../figures.tsx";
import { BlockedCard } from "./blocked-card.tsx";
import { ChangesCard } from "./changes-card.tsx";
import { PeopleTable } from "./people-table.tsx";
import { SalarySheet } from "./salary-sheet.tsx";
import type { SalaryOf } from "./salary-sheet.tsx";
import { useMonthPeople } from "./use-month-people.ts";

/** What goes into a month before it is started: who is in, what changed, who is blocked, and the days that were lost. */
export function InputsPart({ period }: { readonly period: YearMonth }) {
  const query = trpc.payroll.month.get.useQuery({ period });
  // Asked together with the month, and not after it.
  useMonthPeople(period);
  const [salaryOf, setSalaryOf] = useState<SalaryOf>();
  if (query.error) return <QueryError error={query.error} onRetry={() => void query.refetch()} />;
  const month = query.data;
  if (!month) return <Skeleton className="h-48" />;
  return (
    <>
      <InputsCard month={month} />
      {month.blocked.length > 0 ? <BlockedCard month={month} onSetSalary={setSalaryOf} /> : null}
      <ChangesCard month={month} />
      <PeopleTable period={period} headcount={month.headcount} onSetSalary={setSalaryOf} />
      {salaryOf === undefined ? null : <SalarySheet key={salaryOf.employeeId} of={salaryOf} period={period} onClose={() => setSalaryOf(undefined)} />}
    </>
  );
}

function InputsCard({ month }: { readonly month: Month }) {
  const t = useTranslations("payroll.inputs");
  const { headcount, counts, fullMonthMinor } = month;
  return (
    <Card title={t("title")} description={t("text")}>
      <div className="pt-2">
        <Figures
          items={[
            { label: t("headcount"), value: headcount.toLocaleString("en-IN"), detail: t("joinersAndLeavers", { joiners: counts.joiner, leavers: counts.leaver }) },
            { label: t("blocked"), value: counts.blocked, detail: counts.blocked > 0 ? t("blockedDetail") : t("nobodyBlocked") },
            { label: t("fullMonth"), value: <Money amount={fullMonthMinor} />, detail: t("fullMonthDetail") },
          ]}
        />
      </div>
    </Card>
  );
}
