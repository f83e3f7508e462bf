import { availableParallelism } from "node:os";
import { AppError } from "@atrium/kernel";
import { hash, verify } from "@node-rs/argon2";

/** Argon2id (the library's default kind) as RFC 9106 recommends where memory is scarce: 64 MiB, three passes. */
const cost = { memoryCost: 65_536, timeCost: 3, parallelism: 1 };
/** What a hash of that cost begins with. */
const mark = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$`;

/** A flood of sign-ins may not take all memory: so many are computed at once, so many wait, the rest is told to come back. */
const maxAtOnce = 2 * availableParallelism();
const inTurn = takingTurns({ maxAtOnce, maxWaiting: 20 * maxAtOnce });

/** The same password however a keyboard composed its signs. */
const normalised = (password: string): string => password.normalize("NFKC");

/** Turns a password into what is kept. Throws `request/busy`. */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(normalised(password), cost));

/** Whether a password was kept at another cost than today's: then it is hashed anew when it is next known. */
export const isOutdated = (kept: string): boolean => !kept.startsWith(mark);

/**
 * Whether the password is the one that was kept. Without one (nobody has that address, or they have no password yet) the
 * same work is done and the answer is no, so that the time of an answer tells nothing. Throws `request/busy`.
 */
export async function isPassword(password: string, kept: string | null | undefined): Promise<boolean> {
  const matches = await inTurn(async () => verify(kept ?? (await nobodysHash()), normalised(password)));
  return matches && kept != null;
}

let nobodys: Promise<string> | undefined;
const nobodysHash = (): Promise<string> => (nobodys ??= hash(crypto.randomUUID(), cost));

export interface Turns {
  readonly maxAtOnce: number;
  readonly maxWaiting: number;
}

/** Runs work in turns, first come first served. Throws `request/busy` when too many wait already. */
export function takingTurns({ maxAtOnce, maxWaiting }: Turns): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running < maxAtOnce) running += 1;
    else if (waiting.length >= maxWaiting) throw new AppError("request/busy", "unavailable");
    // The one that ends hands its place on, so the count stays.
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
