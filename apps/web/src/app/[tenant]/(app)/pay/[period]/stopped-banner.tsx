"use client";

import type { RunSummary } from "@atrium/payroll/contract";
import { Banner, Button } from "@atrium/ui";
import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { asRefusal } from "../../../../../client/refusals.ts";
import { trpc } from "../../../../../client/trpc.ts";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { useGrant } from "../../../../../components/frame/me.ts";
import { CancelButton } from "./cancel-button.tsx";
import { useShowRun } from "./use-show-run.ts";

/** Why a run stopped, and the way on. Nothing while it has not. */
export function StoppedBanner({ run }: { readonly run: RunSummary }) {
  const t = useTranslations("payroll.stopped");
  const explain = useAppError();
  const { show, refresh } = useShowRun();
  const retry = trpc.payroll.run.retry.useMutation({ onSuccess: show, onError: refresh });
  const canRun = useGrant("payroll:run") !== undefined;
  if (run.failure === null) return null;
  const isComputed = run.status === "approved" || run.status === "publishing";
  return (
    <Banner
      tone="danger"
      title={t(isComputed ? "publishing" : "computing")}
      action={
        canRun ? (
          <span className="flex flex-wrap gap-2">
            {/* A stopped run has no job that an earlier wish to cancel could wait for. */}
            {isComputed ? null : <CancelButton run={{ ...run, isCancelRequested: false }} />}
            <Button variant="primary" icon={<RotateCcw aria-hidden />} isLoading={retry.isPending} onClick={() => retry.mutate({ id: run.id })}>
              {t("retry")}
            </Button>
          </span>
        ) : undefined
      }
    >
      {explain(retry.error ?? asRefusal(run.failure)).message}
    </Banner>
  );
}
