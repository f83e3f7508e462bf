import { defineErrors, idSchema } from "@atrium/kernel";
import { z } from "zod";

/** Bytes as WebAuthn writes them in JSON. An attestation is the longest, and shorter than this. */
const base64url = z.string().regex(/^[\w-]+$/).max(12_000);
const challengeId = idSchema("pch");
const passkeyId = idSchema("pky");
const credential = { id: base64url, rawId: base64url, type: z.literal("public-key") };

const credentialRef = z.object({ id: z.string(), type: z.literal("public-key"), transports: z.array(z.string()).optional() });

/** What the browser hands to the authenticator so that it makes a passkey. */
export const PasskeyOffer = z.object({
  challengeId,
  options: z.object({
    challenge: z.string(),
    rp: z.object({ id: z.string(), name: z.string() }),
    user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
    pubKeyCredParams: z.array(z.object({ alg: z.number(), type: z.literal("public-key") })),
    timeout: z.number(),
    attestation: z.literal("none"),
    excludeCredentials: z.array(credentialRef),
    authenticatorSelection: z.object({ residentKey: z.literal("required"), requireResidentKey: z.literal(true), userVerification: z.literal("required") }),
  }),
});
export type PasskeyOffer = z.output<typeof PasskeyOffer>;

/** What a person calls their passkey: "Office laptop". */
const name = z.string().trim().min(1).max(60);

/** The passkey that the authenticator made. */
export const RegisterPasskey = z.object({
  challengeId,
  name,
  response: z.object({
    ...credential,
    response: z.object({ clientDataJSON: base64url, attestationObject: base64url, transports: z.array(z.string().max(20)).max(10).optional() }),
  }),
});
export type RegisterPasskey = z.output<typeof RegisterPasskey>;

/** What the browser asks the authenticator, so that a person proves who they are. */
export const PasskeyQuestion = z.object({
  challengeId,
  options: z.object({
    challenge: z.string(),
    rpId: z.string(),
    timeout: z.number(),
    userVerification: z.literal("required"),
    /** Empty before anybody is signed in: the authenticator knows which passkeys it has for this place. */
    allowCredentials: z.array(credentialRef).optional(),
  }),
});
export type PasskeyQuestion = z.output<typeof PasskeyQuestion>;

/** The authenticator's answer. */
export const PasskeyAnswer = z.object({
  challengeId,
  response: z.object({
    ...credential,
    response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url, userHandle: base64url.optional() }),
  }),
});
export type PasskeyAnswer = z.output<typeof PasskeyAnswer>;

export const PasskeyRow = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  /** The person's other devices have it too. */
  isBackedUp: z.boolean(),
});
export type PasskeyRow = z.output<typeof PasskeyRow>;

export const PasskeyList = z.object({ passkeys: z.array(PasskeyRow) });
export type PasskeyList = z.output<typeof PasskeyList>;

export const RenamePasskey = z.object({ id: passkeyId, name });
export type RenamePasskey = z.output<typeof RenamePasskey>;

export const PasskeyRef = z.object({ id: passkeyId });
export type PasskeyRef = z.output<typeof PasskeyRef>;

export const passkeyErrors = defineErrors({
  "passkey/not-found": "not-found",
  /** The authenticator's answer does not fit the question, or came too late. */
  "passkey/not-made": "invalid",
  "passkey/exists": "conflict",
  "passkey/too-many": "conflict",
  /** The house was called by a name that no passkey can be bound to. */
  "passkey/not-here": "conflict",
});
