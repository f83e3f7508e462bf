"use client";

import type { MonthPerson } from "@atrium/payroll/contract";
import { Button, Input, Money, Person, VisuallyHidden } from "@atrium/ui";
import type { DataTableColumn } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useGrant } from "../../../../../../components/frame/me.ts";
import type { SalaryOf } from "./salary-sheet.tsx";
import type { Drafts } from "./use-drafts.ts";

export function usePersonColumns(drafts: Drafts, onSetSalary: (of: SalaryOf) => void): readonly DataTableColumn<MonthPerson>[] {
  const t = useTranslations("payroll.people");
  const canRun = useGrant("payroll:run") !== undefined;
  return useMemo(
    () => [
      { id: "name", header: t("name"), mobile: "title", cell: ({ name, code }) => <Person name={name} detail={code} /> },
      { id: "department", header: t("department"), mobile: "hidden", cell: ({ department }) => department },
      {
        id: "salary",
        header: t("salary"),
        align: "end",
        width: 220,
        cell: (person) => <SalaryCell person={person} onSet={canRun ? onSetSalary : undefined} />,
      },
      { id: "employed", header: t("employed"), align: "end", width: 150, mobile: "hidden", cell: ({ employedHalfDays }) => employedHalfDays / 2 },
      {
        id: "lossOfPay",
        header: t("lossOfPay"),
        align: "end",
        width: 190,
        cell: (person) => (canRun ? <LossOfPayCell person={person} drafts={drafts} /> : person.lossOfPayHalfDays / 2),
      },
    ],
    [t, canRun, drafts, onSetSalary],
  );
}

function SalaryCell({ person: { employeeId, name, monthlyMinor }, onSet }: { readonly person: MonthPerson; readonly onSet: ((of: SalaryOf) => void) | undefined }) {
  const t = useTranslations("payroll.people");
  const amount = monthlyMinor === null ? <span className="text-attention">{t("noSalary")}</span> : <Money amount={monthlyMinor} />;
  if (onSet === undefined) return amount;
  return (
    <Button variant="ghost" size="sm" className="relative -mr-2.5 text-base font-normal text-ink" onClick={() => onSet({ employeeId, name })}>
      {amount}
      <VisuallyHidden>, {t("changeSalary", { name })}</VisuallyHidden>
    </Button>
  );
}

function LossOfPayCell({ person, drafts }: { readonly person: MonthPerson; readonly drafts: Drafts }) {
  const t = useTranslations("payroll.people");
  const draft = drafts.entries.get(person.employeeId);
  const isTooMuch = draft !== undefined && (draft.halfDays === undefined || draft.halfDays > person.employedHalfDays);
  return (
    <span className="inline-flex w-28 flex-col items-stretch gap-1">
      <Input
        aria-label={t("daysLost", { name: person.name })}
        aria-invalid={isTooMuch || undefined}
        inputMode="decimal"
        autoComplete="off"
        unit={t("unit")}
        value={draft?.text ?? String(person.lossOfPayHalfDays / 2)}
        onChange={(event) => drafts.set(person, event.target.value)}
        className="text-right tabular-nums"
      />
      {isTooMuch ? <span className="text-left text-xs whitespace-normal text-danger">{t("tooMuch", { days: person.employedHalfDays / 2 })}</span> : null}
    </span>
  );
}
