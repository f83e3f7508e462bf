import { registerPage } from "@atrium/payroll";
import { RunRef } from "@atrium/payroll/contract";
import { csvAnswer, stretches } from "../../../../../../server/csv-answer.ts";
import { memberRoute } from "../../../../../../server/route.ts";

/** A run's register, one line a payslip, as CSV. */
export const GET = memberRoute<{ readonly tenant: string; readonly runId: string }>("payroll:read", async (ctx, { params, again }) => {
  const run = RunRef.parse({ id: params.runId });
  const first = await registerPage(ctx, run, null);
  return () => csvAnswer(`register-${first.period}.csv`, stretches(first, (after) => again((next) => registerPage(next, run, after))));
}, { stepUp: true });
