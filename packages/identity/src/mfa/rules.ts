import type { FactorKind } from "./contract.ts";

/** RFC 6238 with the values that every authenticator app knows. */
export const stepSeconds = 30;
export const digits = 6;
/** A clock may be half a minute off, or a person slow. */
export const stepsAround = 1;

/** The number of the thirty seconds that a moment lies in. */
export const stepOf = (now: Date): number => Math.floor(now.getTime() / (stepSeconds * 1_000));

export type ReadCode = { readonly kind: "totp" | "recovery"; readonly text: string };

/** Crockford's alphabet: no letter that could be read as another sign. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const recoveryLength = 16;
const recoveryPattern = new RegExp(`^[${alphabet}]{${recoveryLength}}$`);
/** Sixteen signs of five bits. */
export const recoveryBytes = (recoveryLength * 5) / 8;

/** What was typed, however it was spaced; undefined when it can be no code at all. */
export function readCode(typed: string): ReadCode | undefined {
  const text = typed.toUpperCase().replaceAll(/[\s-]/g, "");
  if (/^\d{6}$/.test(text)) return { kind: "totp", text };
  const plain = text.replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return recoveryPattern.test(plain) ? { kind: "recovery", text: plain } : undefined;
}

/** Ten random bytes as a code to write down: `7K2M-9QXR-…`. */
export function recoveryCodeFrom(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const signs = (bits.match(/.{5}/g) ?? []).map((five) => alphabet.charAt(Number.parseInt(five, 2)));
  return inFours(signs.join(""), "-");
}

/** A long text in pieces that an eye can keep. */
export const inFours = (text: string, between: string): string => (text.match(/.{1,4}/g) ?? []).join(between);

export interface Factors {
  readonly hasTotp: boolean;
  readonly passkeys: number;
  readonly recoveryCodesLeft: number;
}

/** Whether anything beyond the password is asked. Recovery codes only stand in for a factor. */
export const hasFactor = ({ hasTotp, passkeys }: Factors): boolean => hasTotp || passkeys > 0;

/** By what a person may prove themselves beyond the password; nothing for somebody without a factor. */
export function kindsOf(factors: Factors): FactorKind[] {
  if (!hasFactor(factors)) return [];
  const has: Readonly<Record<FactorKind, boolean>> = { totp: factors.hasTotp, passkey: factors.passkeys > 0, recovery: factors.recoveryCodesLeft > 0 };
  return (["totp", "passkey", "recovery"] as const).filter((kind) => has[kind]);
}
