import { openAlways, router, steppedProcedure, tenantProcedure } from "@atrium/api";
import { z } from "zod";
import { NewRecoveryCodes } from "../contract.ts";
import { PasskeyList, PasskeyOffer, PasskeyQuestion, PasskeyRef, RegisterPasskey, RenamePasskey } from "./contract.ts";
import { askPasskey, listPasskeys, offerPasskey, registerPasskey, removePasskey, renamePasskey } from "./service.ts";

const change = { ...openAlways, stepUp: true } as const;

export const passkeyRouter = router({
  list: tenantProcedure("home:read", openAlways).output(PasskeyList).query(({ ctx }) => listPasskeys(ctx)),
  offer: tenantProcedure("home:read", change).output(PasskeyOffer).mutation(({ ctx }) => offerPasskey(ctx)),
  register: steppedProcedure("home:read", change).input(RegisterPasskey).output(NewRecoveryCodes).mutation(({ ctx, input }) => registerPasskey(ctx.transact, input)),
  rename: tenantProcedure("home:read", openAlways).input(RenamePasskey).output(z.void()).mutation(({ ctx, input }) => renamePasskey(ctx, input)),
  remove: tenantProcedure("home:read", change).input(PasskeyRef).output(z.void()).mutation(({ ctx, input }) => removePasskey(ctx, input)),
  /** For a step-up. */
  ask: tenantProcedure("home:read", openAlways).output(PasskeyQuestion).mutation(({ ctx }) => askPasskey(ctx, "step-up")),
});
