"use client";

import type { BlockedEmployee, Month } from "@atrium/payroll/contract";
import { Banner, Button, Card, Person, TextLink } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useTenantSlug } from "../../../../../../client/tenant-client.tsx";
import { useGrant } from "../../../../../../components/frame/me.ts";
import type { SalaryOf } from "./salary-sheet.tsx";

export interface BlockedCardProps {
  readonly month: Month;
  readonly onSetSalary: (of: SalaryOf) => void;
}

/** Everybody who cannot be paid, each with the reason and the way to mend it. */
export function BlockedCard({ month: { blocked, counts }, onSetSalary }: BlockedCardProps) {
  const t = useTranslations("payroll.blocked");
  return (
    <Card title={t("title", { count: counts.blocked })} description={t("text")} isFlush>
      <ul className="max-h-96 divide-y divide-line overflow-y-auto">
        {blocked.map((employee) => (
          <BlockedRow key={employee.employeeId} employee={employee} onSetSalary={onSetSalary} />
        ))}
      </ul>
      {counts.blocked > blocked.length ? <Banner tone="info" className="m-3" title={t("more", { count: counts.blocked - blocked.length })} /> : null}
    </Card>
  );
}

function BlockedRow({ employee, onSetSalary }: { readonly employee: BlockedEmployee; readonly onSetSalary: BlockedCardProps["onSetSalary"] }) {
  const t = useTranslations("payroll.blocked");
  const slug = useTenantSlug();
  const canRun = useGrant("payroll:run") !== undefined;
  const { employeeId, name, code, department, blocker, state } = employee;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
      <div className="w-60 min-w-0 max-sm:w-full">
        <Person name={name} detail={`${code} · ${department}`} />
      </div>
      <p className="min-w-48 grow text-attention">{t(blocker, { state })}</p>
      {blocker === "no-salary" && canRun ? (
        <Button size="sm" onClick={() => onSetSalary({ employeeId, name })}>
          {t("setSalary")}
        </Button>
      ) : (
        <TextLink href={`/${slug}/people/${employeeId}`}>{t("open")}</TextLink>
      )}
    </li>
  );
}
