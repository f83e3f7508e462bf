import { openAlways, router, tenantProcedure } from "@atrium/api";
import { z } from "zod";
import { AuthenticatorOffer, ConfirmAuthenticator, MyProofs, NewRecoveryCodes } from "./contract.ts";
import { confirmAuthenticator, myProofs, offerAuthenticator, removeAuthenticator, renewRecoveryCodes } from "./service.ts";

const change = { ...openAlways, stepUp: true } as const;

export const mfaRouter = router({
  mine: tenantProcedure("home:read", openAlways).output(MyProofs).query(({ ctx }) => myProofs(ctx)),
  offerAuthenticator: tenantProcedure("home:read", change).output(AuthenticatorOffer).mutation(({ ctx }) => offerAuthenticator(ctx)),
  confirmAuthenticator: tenantProcedure("home:read", change).input(ConfirmAuthenticator).output(NewRecoveryCodes).mutation(({ ctx, input }) => confirmAuthenticator(ctx, input)),
  removeAuthenticator: tenantProcedure("home:read", change).output(z.void()).mutation(({ ctx }) => removeAuthenticator(ctx)),
  renewRecoveryCodes: tenantProcedure("home:read", change).output(NewRecoveryCodes).mutation(({ ctx }) => renewRecoveryCodes(ctx)),
});
