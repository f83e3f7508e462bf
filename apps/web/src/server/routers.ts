import { router } from "@atrium/api";
import { billingRouter } from "@atrium/billing";
import { identityRouter } from "@atrium/identity";
import { payrollRouter } from "@atrium/payroll";
import { peopleRouter } from "@atrium/people";
import { timeRouter } from "@atrium/time";

/** Every procedure of the house. A domain is one line here and one in `jobs.ts`. */
export const appRouter = router({
  billing: billingRouter,
  identity: identityRouter,
  payroll: payrollRouter,
  people: peopleRouter,
  time: timeRouter,
});

export type AppRouter = typeof appRouter;
