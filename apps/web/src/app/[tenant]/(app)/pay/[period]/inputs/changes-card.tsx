"use client";

import type { Month, MonthChange } from "@atrium/payroll/contract";
import { Card, DateText, Money, Tabs, TextLink } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useTenantSlug } from "../../../../../../client/tenant-client.tsx";

const kinds = ["joiner", "leaver", "salary", "loss-of-pay"] as const;

/** What is different from the month before, by kind. */
export function ChangesCard({ month: { changes, counts } }: { readonly month: Month }) {
  const t = useTranslations("payroll.changes");
  const tabs = kinds.map((kind) => ({
    id: kind,
    label: (
      <>
        {t(kind)} <span className="text-ink-soft tabular-nums">{counts[kind]}</span>
      </>
    ),
    content: <ChangeList changes={changes.filter((change) => change.kind === kind)} more={counts[kind]} nothing={t(`none.${kind}`)} />,
  }));
  return (
    <Card title={t("title")}>
      <Tabs label={t("title")} tabs={tabs} />
    </Card>
  );
}

interface ChangeListProps {
  readonly changes: readonly MonthChange[];
  /** How many there are in all. */
  readonly more: number;
  readonly nothing: string;
}

function ChangeList({ changes, more, nothing }: ChangeListProps) {
  const t = useTranslations("payroll.changes");
  const slug = useTenantSlug();
  if (changes.length === 0) return <p className="text-ink-soft">{nothing}</p>;
  return (
    <>
      <ul className="-my-2 max-h-72 divide-y divide-line overflow-y-auto">
        {changes.map((change) => (
          <li key={change.employeeId} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 py-2">
            <span className="min-w-0">
              <TextLink href={`/${slug}/people/${change.employeeId}`}>{change.name}</TextLink>{" "}
              <span className="text-sm text-ink-soft">
                {change.code} · {change.department}
              </span>
            </span>
            <WhatChanged change={change} />
          </li>
        ))}
      </ul>
      {more > changes.length ? <p className="pt-3 text-sm text-ink-soft">{t("more", { count: more - changes.length })}</p> : null}
    </>
  );
}

function WhatChanged({ change }: { readonly change: MonthChange }) {
  const t = useTranslations("payroll");
  switch (change.kind) {
    case "joiner":
    case "leaver":
      return <DateText day={change.on} />;
    case "salary":
      return (
        <span>
          <Money amount={change.beforeMinor} className="text-ink-soft" /> <span aria-label={t("changes.becomes")}>→</span> <Money amount={change.afterMinor} className="font-medium" />
        </span>
      );
    case "loss-of-pay":
      return <span className="tabular-nums">{t("days", { days: change.halfDays / 2 })}</span>;
  }
}
