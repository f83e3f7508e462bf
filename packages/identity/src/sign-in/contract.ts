import { defineErrors } from "@atrium/kernel";
import { z } from "zod";
import { TypedCode } from "../mfa/contract.ts";
import { PasskeyAnswer } from "../passkey/contract.ts";

/** What a person types to come in. */
export const Credentials = z.object({
  email: z.string().trim().min(1).max(254),
  password: z.string().min(1).max(200),
});
export type Credentials = z.output<typeof Credentials>;

/** The same once more with a second factor, for whoever has one: nothing is kept between the two tries. */
export const SignIn = Credentials.extend({ code: TypedCode.optional(), passkey: PasskeyAnswer.optional() });
export type SignIn = z.output<typeof SignIn>;

/** One proof more by somebody who is signed in: a passkey alone, or the password and whatever else they would need to come in. */
export const StepUp = z.object({
  password: z.string().min(1).max(200).optional(),
  code: TypedCode.optional(),
  passkey: PasskeyAnswer.optional(),
});
export type StepUp = z.output<typeof StepUp>;

export const signInErrors = defineErrors({
  /** One answer for an unknown address, a wrong password and a person whose access was taken away. */
  "session/wrong-credentials": "unauthenticated",
  "session/wrong-password": "unauthenticated",
  /** The password is right. The parameter `kinds` names, with spaces between, which factors the person has. */
  "session/second-factor-needed": "unauthenticated",
  /** Wrong, too old, or used before. */
  "session/wrong-code": "unauthenticated",
  "session/wrong-passkey": "unauthenticated",
});
