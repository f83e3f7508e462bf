"use client";

import type { RunSummary } from "@atrium/payroll/contract";
import { trpc } from "../../../../../client/trpc.ts";

export interface ShowRun {
  /** Shows a run as an act on it has just answered it, and asks anew for everything that hangs on it. */
  readonly show: (run: RunSummary) => void;
  /** After a refusal: somebody else may have moved the run on. */
  readonly refresh: () => void;
}

export function useShowRun(): ShowRun {
  const utils = trpc.useUtils();
  const refresh = (): void => void utils.payroll.invalidate();
  const show = (run: RunSummary): void => {
    utils.payroll.run.ofMonth.setData({ period: run.period }, { run });
    refresh();
  };
  return { show, refresh };
}
