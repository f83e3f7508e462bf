/** Keys and signatures of Inngest's cloud mode: what the SDK shows us, and what we show the SDK. */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import serialize from "canonicalize";

/** The key as the SDK uses it for HMAC: the hex text behind an optional `signkey-<env>-`. */
function bareKey(signingKey: string): string {
  return signingKey.replace(/^signkey-\w+-/, "");
}

/** What the SDK sends as `Authorization: Bearer …`: its prefix and the SHA-256 of the decoded key. */
export function hashedSigningKey(signingKey: string): string {
  const prefix = /^signkey-\w+-/.exec(signingKey)?.[0] ?? "";
  return prefix + createHash("sha256").update(Buffer.from(bareKey(signingKey), "hex")).digest("hex");
}

/** Compares two secrets in a time that says nothing about where they differ. */
export function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

export function isAuthorized(authorization: string | undefined, signingKey: string): boolean {
  return isSameSecret(authorization ?? "", `Bearer ${hashedSigningKey(signingKey)}`);
}

/** A body in canonical JSON (RFC 8785) with its signature. The SDK signs its own canonical form, so only this form fits. */
export function signBody(value: unknown, signingKey: string): { body: string; signature: string } {
  const body = serialize(value);
  if (body === undefined) throw new Error("A body that is not JSON cannot be signed.");
  const seconds = String(Math.floor(Date.now() / 1000));
  const hmac = createHmac("sha256", bareKey(signingKey)).update(body).update(seconds).digest("hex");
  return { body, signature: `t=${seconds}&s=${hmac}` };
}
