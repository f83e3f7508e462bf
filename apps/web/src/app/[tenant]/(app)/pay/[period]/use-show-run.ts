"use client";

import type { RunSummary } from "@atrium/payroll/contract";
import { trpc } from "../../../../../client/trpc.ts";

export interface ShowRun {
  /** Shows a run as an act on it has just answered it; everything that hangs on it is asked anew when it is next shown. */
  readonly show: (run: RunSummary) => void;
  /** After a refusal: somebody else may have moved the run on. */
  readonly refresh: () => void;
}

export function useShowRun(): ShowRun {
  const utils = trpc.useUtils();
  const refresh = (): void => void utils.payroll.invalidate();
  const show = (run: RunSummary): void => {
    // What the page shows next asks by itself; to ask for what it showed until now would be in vain.
    void utils.payroll.invalidate(undefined, { refetchType: "none" });
    utils.payroll.run.ofMonth.setData({ period: run.period }, { run });
    // A run that had stopped was not watched any more.
    void utils.payroll.run.progress.invalidate({ id: run.id });
  };
  return { show, refresh };
}
