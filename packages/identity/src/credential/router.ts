import { publicProcedure, router, steppedProcedure, tenantProcedure } from "@atrium/api";
import { z } from "zod";
import { AskReset, ChangeEmail, ChangePassword, ChoosePassword, ConfirmEmail, OpenedLink, OpenLink } from "./contract.ts";
import { acceptInvitation, askEmailChange, askReset, changePassword, confirmEmail, openLink, resetPassword } from "./service.ts";

/** The public ones are mutations all: a query's input would stand in the address, and with it the secret of a link. */
export const credentialRouter = router({
  askReset: publicProcedure.input(AskReset).output(z.void()).mutation(({ ctx, input }) => askReset(ctx, input)),
  openLink: publicProcedure.input(OpenLink).output(OpenedLink).mutation(({ ctx, input }) => openLink(ctx, input)),
  reset: publicProcedure.input(ChoosePassword).output(OpenedLink).mutation(({ ctx, input }) => resetPassword(ctx, input)),
  acceptInvitation: publicProcedure.input(ChoosePassword).output(OpenedLink).mutation(({ ctx, input }) => acceptInvitation(ctx, input)),
  confirmEmail: publicProcedure.input(ConfirmEmail).output(OpenedLink).mutation(({ ctx, input }) => confirmEmail(ctx, input)),
  changePassword: steppedProcedure("home:read", { stepUp: true }).input(ChangePassword).output(z.void()).mutation(({ ctx, input }) => changePassword(ctx.transact, input)),
  askEmailChange: tenantProcedure("home:read", { stepUp: true }).input(ChangeEmail).output(z.void()).mutation(({ ctx, input }) => askEmailChange(ctx, input)),
});
