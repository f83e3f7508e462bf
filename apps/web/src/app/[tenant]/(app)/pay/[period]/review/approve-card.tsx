"use client";

import { formatMoney, formatMonth } from "@atrium/kernel";
import type { RunSummary } from "@atrium/payroll/contract";
import { Banner, Button, Dialog, TimeText, toast } from "@atrium/ui";
import { BadgeCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "../../../../../../client/trpc.ts";
import { useAppError } from "../../../../../../client/use-app-error.ts";
import { useGrant, useMe } from "../../../../../../components/frame/me.ts";
import { CancelButton } from "../cancel-button.tsx";
import { useShowRun } from "../use-show-run.ts";

/** Who has to decide, or has decided, and the button for whoever may. */
export function ApproveCard({ run }: { readonly run: RunSummary }) {
  const t = useTranslations("payroll.approve");
  const { timeZone } = useMe().tenant;
  const canApprove = useGrant("payroll:approve") !== undefined;
  const canRun = useGrant("payroll:run") !== undefined;
  // Why it stopped stands above, with the way on.
  if (run.failure !== null) return null;
  if (run.approvedBy !== null && run.approvedAt !== null) {
    const isOut = run.status === "published";
    return (
      <Banner title={t(isOut ? "published" : "publishing", { count: run.employees })}>
        {t("approvedBy", { name: run.approvedBy })} <TimeText instant={run.approvedAt} timeZone={timeZone} />
      </Banner>
    );
  }
  return (
    <Banner
      tone="attention"
      title={t("waiting")}
      action={
        <span className="flex flex-wrap gap-2">
          {canRun ? <CancelButton run={run} /> : null}
          {canApprove ? <ApproveButton run={run} /> : null}
        </span>
      }
    >
      {run.isStarter ? t("youStarted") : t("startedBy", { name: run.startedBy })}
    </Banner>
  );
}

function ApproveButton({ run }: { readonly run: RunSummary }) {
  const t = useTranslations("payroll.approve");
  const ui = useTranslations("ui");
  const explain = useAppError();
  const { show, refresh } = useShowRun();
  const [isOpen, setIsOpen] = useState(false);
  const approve = trpc.payroll.run.approve.useMutation({
    onSuccess: (changed) => {
      setIsOpen(false);
      show(changed);
    },
    onError: (error) => {
      // Somebody else was quicker: the page moves on under this dialog, and the reason has to outlast it.
      toast.error(explain(error).message);
      refresh();
    },
  });
  return (
    <>
      <Button variant="primary" icon={<BadgeCheck aria-hidden />} disabledReason={run.isStarter ? t("notYours") : undefined} onClick={() => setIsOpen(true)}>
        {t("action")}
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setIsOpen}
        title={t("title", { month: formatMonth(run.period) })}
        description={t("text", { count: run.employees, net: formatMoney(run.sums?.netMinor ?? 0) })}
        footer={
          <>
            <Button onClick={() => setIsOpen(false)}>{ui("cancel")}</Button>
            <Button variant="primary" isLoading={approve.isPending} onClick={() => approve.mutate({ id: run.id })}>
              {t("action")}
            </Button>
          </>
        }
      >
        {approve.error ? (
          <p role="alert" className="text-danger">
            {explain(approve.error).message}
          </p>
        ) : undefined}
      </Dialog>
    </>
  );
}
