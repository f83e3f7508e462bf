import { registerPage } from "@atrium/payroll";
import { RunRef } from "@atrium/payroll/contract";
import { csvAnswer } from "../../../../../../server/csv-answer.ts";
import { memberRoute } from "../../../../../../server/route.ts";

/** A run's register, one line a payslip, as CSV. */
export const GET = memberRoute<{ readonly tenant: string; readonly runId: string }>("payroll:read", async (ctx, { params, again }) => {
  const run = RunRef.parse({ id: params.runId });
  const first = await registerPage(ctx, run, null);
  async function* pieces(): AsyncGenerator<string, void> {
    yield first.lines;
    for (let after = first.next; after !== null; ) {
      const cursor = after;
      const page = await again((each) => registerPage(each, run, cursor));
      yield page.lines;
      after = page.next;
    }
  }
  return () => csvAnswer(`register-${first.period}.csv`, pieces());
});
