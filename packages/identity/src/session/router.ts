import { router, tenantProcedure } from "@atrium/api";
import { z } from "zod";
import { Me } from "./contract.ts";
import { describeMe, signOutEverywhere } from "./service.ts";

/** Open whatever stands in the way: who one is, and the way out. */
const always = { openWhen: ["expired", "enrolling"] } as const;

export const sessionRouter = router({
  me: tenantProcedure("home:read", always).output(Me).query(({ ctx }) => describeMe(ctx)),
  signOutEverywhere: tenantProcedure("home:read", always).output(z.void()).mutation(({ ctx }) => signOutEverywhere(ctx)),
});
