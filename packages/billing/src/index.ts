import { router } from "@atrium/api";
import { usageRouter } from "./usage/router.ts";

export const billingRouter = router({
  usage: usageRouter,
});
