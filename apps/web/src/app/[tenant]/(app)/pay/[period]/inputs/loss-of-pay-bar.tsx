"use client";

import type { YearMonth } from "@atrium/kernel";
import { Button, toast } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { trpc } from "../../../../../../client/trpc.ts";
import { useAppError } from "../../../../../../client/use-app-error.ts";
import type { Drafts } from "./use-drafts.ts";

/** Saves or throws away the days that were typed; there only while there are some. */
export function LossOfPayBar({ period, drafts }: { readonly period: YearMonth; readonly drafts: Drafts }) {
  const t = useTranslations("payroll.people");
  const explain = useAppError();
  const utils = trpc.useUtils();
  const save = trpc.payroll.month.setLossOfPay.useMutation({
    onSuccess: async ({ saved }) => {
      await utils.payroll.month.invalidate();
      drafts.clear();
      toast.success(t("saved", { count: saved }));
    },
  });
  if (drafts.entries.size === 0) return null;
  const entries = [...drafts.entries].flatMap(([employeeId, { halfDays }]) => (halfDays === undefined ? [] : [{ employeeId, halfDays }]));
  const names = [...drafts.entries.values()].map(({ name }) => name);
  const faultOf = (field: string | undefined): string => names[Number(field?.split(".")[1])] ?? "";
  return (
    <div className="sticky bottom-4 z-20 flex flex-wrap items-center gap-3 rounded-xl border border-line bg-raised p-3 shadow-lg max-sm:bottom-18">
      <p role="status" className="font-medium">
        {t("unsaved", { count: drafts.entries.size })}
      </p>
      {save.error ? (
        <ul role="alert" className="grow text-danger">
          {explain(save.error).problems.map(({ field, message }) => (
            <li key={`${field ?? ""} ${message}`}>{[faultOf(field), message].filter((part) => part !== "").join(": ")}</li>
          ))}
        </ul>
      ) : null}
      <span className="ml-auto flex gap-2">
        <Button onClick={drafts.clear}>{t("discard")}</Button>
        <Button
          variant="primary"
          isLoading={save.isPending}
          disabledReason={entries.length < drafts.entries.size ? t("correctFirst") : undefined}
          onClick={() => save.mutate({ period, entries })}
        >
          {t("save")}
        </Button>
      </span>
    </div>
  );
}
