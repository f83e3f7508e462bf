import { router } from "@atrium/api";
import { identityRouter } from "@atrium/identity";
import { payrollRouter } from "@atrium/payroll";
import { peopleRouter } from "@atrium/people";

/** Every procedure of the house. A domain is one line here and one in `jobs.ts`. */
export const appRouter = router({
  identity: identityRouter,
  payroll: payrollRouter,
  people: peopleRouter,
});

export type AppRouter = typeof appRouter;
