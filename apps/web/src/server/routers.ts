import { router } from "@atrium/api";
import { identityRouter } from "@atrium/identity";

/** Every procedure of the house. A domain is one line here and one in `jobs.ts`. */
export const appRouter = router({
  identity: identityRouter,
});

export type AppRouter = typeof appRouter;
