import { openAlways, publicProcedure, router, steppedProcedure } from "@atrium/api";
import { z } from "zod";
import { PasskeyQuestion } from "../contract.ts";
import { StepUp } from "./contract.ts";
import { askToSignIn, stepUp } from "./service.ts";

export const signInRouter = router({
  /** Public: whoever signs in with a passkey is nobody yet. It tells the same to everybody, whoever has one. */
  askPasskey: publicProcedure.output(PasskeyQuestion).mutation(({ ctx }) => askToSignIn(ctx)),
  stepUp: steppedProcedure("home:read", openAlways).input(StepUp).output(z.void()).mutation(({ ctx, input }) => stepUp(ctx, input)),
});
