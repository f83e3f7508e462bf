import { defineErrors } from "@atrium/kernel";
import { z } from "zod";

/** What a person types where a code is asked for: six digits of their app, or a recovery code. */
export const TypedCode = z.string().trim().min(1).max(40);

export const factorKinds = ["totp", "passkey", "recovery"] as const;
export type FactorKind = (typeof factorKinds)[number];

/** How somebody can prove who they are, and what their company asks for. */
export const MyProofs = z.object({
  hasPassword: z.boolean(),
  /** Signs in through the company's own provider. */
  hasProvider: z.boolean(),
  kinds: z.array(z.enum(factorKinds)),
  /** Since when an authenticator app is set up. */
  authenticatorSince: z.iso.datetime().nullable(),
  recoveryCodesLeft: z.number().int(),
  /** The company asks everybody for a second factor. */
  isRequired: z.boolean(),
  /** A second factor was part of this session. */
  isStrong: z.boolean(),
});
export type MyProofs = z.output<typeof MyProofs>;

/** A new seed: as an address that the app reads from a picture, and as letters to type. */
export const AuthenticatorOffer = z.object({ uri: z.string(), key: z.string() });
export type AuthenticatorOffer = z.output<typeof AuthenticatorOffer>;

export const ConfirmAuthenticator = z.object({ code: TypedCode });
export type ConfirmAuthenticator = z.output<typeof ConfirmAuthenticator>;

/** The recovery codes that were made: shown this once. None when there were some already. */
export const NewRecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });
export type NewRecoveryCodes = z.output<typeof NewRecoveryCodes>;

/** With so few recovery codes left it is time for new ones. */
export const fewRecoveryCodes = 3;

export const mfaErrors = defineErrors({
  "mfa/already-set-up": "conflict",
  "mfa/not-set-up": "conflict",
  /** Not the code of the app that was just set up. */
  "mfa/wrong-code": "invalid",
  /** The company asks for a second factor, and this is the last one. */
  "mfa/last-factor": "conflict",
});
