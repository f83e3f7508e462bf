"use client";

import { formatMonth } from "@atrium/kernel";
import type { YearMonth } from "@atrium/kernel";
import type { Month } from "@atrium/payroll/contract";
import { Button, Checkbox, Dialog, toast } from "@atrium/ui";
import { Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "../../../../../../client/trpc.ts";
import { useAppError } from "../../../../../../client/use-app-error.ts";
import { useGrant } from "../../../../../../components/frame/me.ts";
import { useShowRun } from "../use-show-run.ts";

/** Starts the month's run, after saying what that freezes and whom it leaves out. */
export function StartButton({ period }: { readonly period: YearMonth }) {
  const t = useTranslations("payroll.start");
  const [isOpen, setIsOpen] = useState(false);
  const canRun = useGrant("payroll:run") !== undefined;
  const month = trpc.payroll.month.get.useQuery({ period }).data;
  if (!month || !canRun) return null;
  const isEmpty = month.headcount === month.counts.blocked;
  return (
    <>
      <Button variant="primary" icon={<Play aria-hidden />} disabledReason={isEmpty ? t("nobody") : undefined} onClick={() => setIsOpen(true)}>
        {t("action")}
      </Button>
      {isOpen ? <StartDialog month={month} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}

function StartDialog({ month, onClose }: { readonly month: Month; readonly onClose: () => void }) {
  const t = useTranslations("payroll.start");
  const ui = useTranslations("ui");
  const explain = useAppError();
  const { show, refresh } = useShowRun();
  const [excludeBlocked, setExcludeBlocked] = useState(false);
  const start = trpc.payroll.run.start.useMutation({
    onSuccess: (started) => {
      onClose();
      show(started);
    },
    onError: (error) => {
      // Somebody else was quicker: the page moves on under this dialog, and the reason has to outlast it.
      toast.error(explain(error).message);
      refresh();
    },
  });
  const { period, headcount, counts } = month;
  const isUndecided = counts.blocked > 0 && !excludeBlocked;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("title", { month: formatMonth(period) })}
      description={t("text", { count: headcount - counts.blocked })}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button
            variant="primary"
            isLoading={start.isPending}
            disabledReason={isUndecided ? t("decide") : undefined}
            onClick={() => start.mutate({ period, excludeBlocked })}
          >
            {t("action")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {counts.blocked > 0 ? <Checkbox value={excludeBlocked} onChange={setExcludeBlocked} label={t("exclude", { count: counts.blocked })} /> : null}
        {start.error ? (
          <p role="alert" className="text-danger">
            {explain(start.error).message}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}
