"use client";

import { formatMonth, yearMonthSchema } from "@atrium/kernel";
import type { YearMonth } from "@atrium/kernel";
import type { SalaryRate } from "@atrium/payroll/contract";
import { Button, Checkbox, Form, FormField, Input, Money, Sheet, Skeleton, toast, useZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { z } from "zod";
import { rupeesField, rupeesText } from "../../../../../../client/rupees.ts";
import { trpc } from "../../../../../../client/trpc.ts";
import { QueryError } from "../../../../../../components/query-error.tsx";

/** Whose salary the sheet shows. */
export interface SalaryOf {
  readonly employeeId: string;
  readonly name: string;
}

export interface SalarySheetProps {
  readonly of: SalaryOf;
  readonly period: YearMonth;
  readonly onClose: () => void;
}

const formId = "salary";

/** What somebody earns: the rates so far, and a new one from a month on. */
export function SalarySheet({ of: { employeeId, name }, period, onClose }: SalarySheetProps) {
  const t = useTranslations("payroll.salary");
  const ui = useTranslations("ui");
  const history = trpc.payroll.salary.list.useQuery({ employeeId });
  const footer = (
    <>
      <Button onClick={onClose}>{ui("cancel")}</Button>
      <Button type="submit" form={formId} variant="primary">
        {t("save")}
      </Button>
    </>
  );
  return (
    <Sheet open onOpenChange={onClose} title={t("title", { name })} description={t("text")} footer={footer}>
      {history.error ? <QueryError error={history.error} onRetry={() => void history.refetch()} /> : null}
      {history.isPending ? <Skeleton className="h-40" /> : null}
      {history.data ? (
        <div className="flex flex-col gap-6">
          <SalaryForm employeeId={employeeId} period={period} last={history.data.rates[0]} onSaved={onClose} />
          <RateList rates={history.data.rates} />
        </div>
      ) : null}
    </Sheet>
  );
}

interface SalaryFormProps {
  readonly employeeId: string;
  readonly period: YearMonth;
  /** The newest rate, from which the form starts. */
  readonly last: SalaryRate | undefined;
  readonly onSaved: () => void;
}

function SalaryForm({ employeeId, period, last, onSaved }: SalaryFormProps) {
  const t = useTranslations("payroll.salary");
  const utils = trpc.useUtils();
  const schema = useSalarySchema();
  const save = trpc.payroll.salary.set.useMutation({ onSuccess: () => utils.payroll.invalidate() });
  const form = useZodForm({
    schema,
    defaultValues: {
      from: period,
      basicMinor: rupeesText(last?.basicMinor ?? 0),
      hraMinor: rupeesText(last?.hraMinor ?? 0),
      allowanceMinor: rupeesText(last?.allowanceMinor ?? 0),
      isPfMember: last?.isPfMember ?? true,
    },
  });
  const submit = async (rate: z.output<typeof schema>): Promise<void> => {
    await save.mutateAsync({ employeeId, ...rate });
    toast.success(t("saved"));
    onSaved();
  };
  const amounts = ["basicMinor", "hraMinor", "allowanceMinor"] as const;
  return (
    <Form form={form} id={formId} onSubmit={submit}>
      <FormField control={form.control} name="from" label={t("from")} help={t("fromHelp")}>
        {(field) => <Input {...field} type="month" />}
      </FormField>
      {amounts.map((name) => (
        <FormField key={name} control={form.control} name={name} label={t(name)}>
          {(field) => <Input {...field} inputMode="decimal" autoComplete="off" icon={<span className="text-base">₹</span>} className="tabular-nums" />}
        </FormField>
      ))}
      <FormField control={form.control} name="isPfMember" label={t("fund")}>
        {(field) => <Checkbox {...field} label={t("isPfMember")} />}
      </FormField>
    </Form>
  );
}

function useSalarySchema() {
  const t = useTranslations("payroll.salary");
  return useMemo(() => {
    const amount = rupeesField(t("amountInvalid"));
    return z.object({
      from: z.string().refine((text) => yearMonthSchema.safeParse(text).success, { error: t("monthInvalid") }),
      basicMinor: amount,
      hraMinor: amount,
      allowanceMinor: amount,
      isPfMember: z.boolean(),
    });
  }, [t]);
}

function RateList({ rates }: { readonly rates: readonly SalaryRate[] }) {
  const t = useTranslations("payroll.salary");
  if (rates.length === 0) return null;
  return (
    <section className="flex flex-col gap-1">
      <h3 className="font-semibold">{t("history")}</h3>
      <ul className="divide-y divide-line">
        {rates.map(({ from, basicMinor, hraMinor, allowanceMinor }) => (
          <li key={from} className="flex items-baseline justify-between gap-4 py-2">
            <span>{t("since", { month: formatMonth(from) })}</span>
            <Money amount={basicMinor + hraMinor + allowanceMinor} />
          </li>
        ))}
      </ul>
    </section>
  );
}
