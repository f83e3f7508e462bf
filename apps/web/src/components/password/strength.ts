import { shortestPassword } from "@atrium/identity/contract";

/** How far somebody is who types a new password. */
export interface Strength {
  readonly kind: "none" | "short" | "dull" | "good" | "strong";
  /** How many signs are missing. */
  readonly missing: number;
}

const strongFrom = 18;
const leastSigns = 6;

/** A hint while one types: by length, and by how many different signs there are. */
export function strengthOf(password: string): Strength {
  const signs = Array.from(password.normalize("NFKC"));
  const missing = Math.max(0, shortestPassword - signs.length);
  if (signs.length === 0) return { kind: "none", missing };
  if (missing > 0) return { kind: "short", missing };
  if (new Set(signs).size < leastSigns) return { kind: "dull", missing };
  return { kind: signs.length < strongFrom ? "good" : "strong", missing };
}
