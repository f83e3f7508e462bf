"use client";

import type { PasskeyAnswer, PasskeyOffer, PasskeyQuestion, RegisterPasskey } from "@atrium/identity/contract";
import { browserSupportsWebAuthn, startAuthentication, startRegistration, WebAuthnError } from "@simplewebauthn/browser";
import { asRefusal } from "./refusals.ts";

/** Has the browser ask for a passkey. Throws a refusal in words when the person turned away, or there is none. */
export async function answerQuestion({ challengeId, options }: PasskeyQuestion): Promise<PasskeyAnswer> {
  const { id, rawId, type, response } = await withAuthenticator(() => startAuthentication({ optionsJSON: options }));
  return { challengeId, response: { id, rawId, type, response } };
}

/** Has the browser make a passkey. Throws as `answerQuestion` does. */
export async function makePasskey({ challengeId, options }: PasskeyOffer, name: string): Promise<RegisterPasskey> {
  const { id, rawId, type, response } = await withAuthenticator(() => startRegistration({ optionsJSON: options }));
  return { challengeId, name, response: { id, rawId, type, response } };
}

async function withAuthenticator<T>(ask: () => Promise<T>): Promise<T> {
  if (!browserSupportsWebAuthn()) throw asRefusal("passkey/unsupported");
  try {
    return await ask();
  } catch (error) {
    throw asRefusal(codeOf(error));
  }
}

/** What the browser says in its own words comes down to few things that a person can act on. */
function codeOf(error: unknown): string {
  const code = error instanceof WebAuthnError ? error.code : undefined;
  if (code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED") return "passkey/exists";
  if (code === "ERROR_INVALID_DOMAIN" || code === "ERROR_INVALID_RP_ID") return "passkey/not-here";
  return "passkey/cancelled";
}
