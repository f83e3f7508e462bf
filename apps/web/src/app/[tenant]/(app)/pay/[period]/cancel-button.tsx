"use client";

import { formatMonth } from "@atrium/kernel";
import type { RunSummary } from "@atrium/payroll/contract";
import { Button, Dialog } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { useShowRun } from "./use-show-run.ts";

/** Cancels a run that nobody has approved yet, after saying what becomes of it. */
export function CancelButton({ run }: { readonly run: RunSummary }) {
  const t = useTranslations("payroll.cancel");
  const explain = useAppError();
  const { show, refresh } = useShowRun();
  const [isOpen, setIsOpen] = useState(false);
  const cancel = trpc.payroll.run.cancel.useMutation({
    onSuccess: (changed) => {
      setIsOpen(false);
      show(changed);
    },
    onError: refresh,
  });
  return (
    <>
      <Button disabledReason={run.isCancelRequested ? t("underWay") : undefined} onClick={() => setIsOpen(true)}>
        {t("action")}
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setIsOpen}
        title={t("title", { month: formatMonth(run.period) })}
        description={t("text")}
        footer={
          <>
            <Button onClick={() => setIsOpen(false)}>{t("keep")}</Button>
            <Button variant="danger" isLoading={cancel.isPending} onClick={() => cancel.mutate({ id: run.id })}>
              {t("action")}
            </Button>
          </>
        }
      >
        {cancel.error ? (
          <p role="alert" className="text-danger">
            {explain(cancel.error).message}
          </p>
        ) : undefined}
      </Dialog>
    </>
  );
}
