import { openAlways, router, tenantProcedure } from "@atrium/api";
import { z } from "zod";
import { Me } from "./contract.ts";
import { describeMe, signOutEverywhere } from "./service.ts";

export const sessionRouter = router({
  me: tenantProcedure("home:read", openAlways).output(Me).query(({ ctx }) => describeMe(ctx)),
  signOutEverywhere: tenantProcedure("home:read", openAlways).output(z.void()).mutation(({ ctx }) => signOutEverywhere(ctx)),
});
