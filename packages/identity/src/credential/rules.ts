import { breachedCore } from "./core-rules.ts";
import type { IsBreached } from "./core-rules.ts";
import { longestPassword, shortestPassword } from "./contract.ts";
import { withoutRuns } from "./run-rules.ts";

/** Who chooses the password: what anybody knows of them protects nothing. */
export interface PasswordOwner {
  readonly name: string;
  readonly email: string;
  readonly companySlug: string;
  readonly companyName: string;
}

export type PasswordRefusal = "password/too-short" | "password/too-long" | "password/breached" | "password/monotonous" | "password/personal";

/**
 * Why this may not be a password; undefined when it may. There is no rule of what signs it must have. It is refused when
 * hardly anything is left of it without what is guessed first: runs of the keyboard and repetitions, the names of its owner
 * and their company, and one password that was in a breach.
 */
export function refusePassword(password: string, owner: PasswordOwner, isBreached: IsBreached): PasswordRefusal | undefined {
  const chosen = password.normalize("NFKC");
  const { length } = Array.from(chosen);
  if (length < shortestPassword) return "password/too-short";
  if (length > longestPassword) return "password/too-long";
  const folded = fold(chosen);
  if (isTrifling(withoutRuns(folded))) return "password/monotonous";
  const unnamed = without(folded, namesOf(owner));
  const left = withoutRuns(without(unnamed, [breachedCore(unnamed, isBreached)]));
  if (!isTrifling(left)) return undefined;
  return unnamed === folded ? "password/breached" : "password/personal";
}

/** Capitals and accents are what a guess varies first. The marks of Indian scripts are letters and stay. */
const fold = (text: string): string => text.normalize("NFD").replaceAll(/[\u0300-\u036f]/g, "").normalize("NFC").toLowerCase();

/** Whether so little is left that it is tried right after what was taken away: a few signs, a year, a day. */
function isTrifling(rest: string): boolean {
  const signs = Array.from(rest.replaceAll(/\s/gu, ""));
  const letters = signs.filter((sign) => /\p{L}/u.test(sign)).length;
  return signs.length < 6 || (letters < 4 && signs.length <= 8);
}

/** The words by which people know the owner; two letters are too few to be a name. */
function namesOf({ name, email, companySlug, companyName }: PasswordOwner): readonly string[] {
  const localPart = email.slice(0, email.lastIndexOf("@"));
  const wholes = [localPart, companySlug, companyName, name].map(fold);
  const words = wholes.flatMap((whole) => whole.split(/[^\p{L}\p{M}\p{N}]+/u));
  const together = wholes.map((whole) => whole.replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ""));
  return [...new Set([...wholes, ...together, ...words])].filter((word) => word.length >= 3).toSorted((one, other) => other.length - one.length);
}

const without = (text: string, words: readonly string[]): string => words.reduce((rest, word) => (word === "" ? rest : rest.replaceAll(word, "")), text);
