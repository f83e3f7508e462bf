import { createSecretKey } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { z } from "zod";

/** The keys that wrap the companies' keys, by name, and the one that wraps from now on. */
export interface KeySet {
  readonly current: string;
  readonly keys: ReadonlyMap<string, KeyObject>;
}

/** A key-encryption key as it is written: 32 random bytes in base64, e.g. from `openssl rand -base64 32`. */
const Key = z.string().refine((text) => {
  const bytes = Buffer.from(text, "base64");
  // As with the session's secret: a key that one hand typed on one key protects nothing.
  return bytes.length === 32 && new Set(bytes).size >= 12;
});

/** What stands in the file of keys: `{ "current": "k1", "keys": { "k1": "…" } }`. */
export const WrittenKeySet = z
  .object({ current: z.string(), keys: z.record(z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/), Key) })
  .refine(({ current, keys }) => Object.hasOwn(keys, current), { path: ["current"] });
export type WrittenKeySet = z.output<typeof WrittenKeySet>;

/** What is wrong with a written set, as the rest of a sentence that never repeats a key; undefined when it is sound. */
export function faultOfKeySet(text: string): string | undefined {
  const read = readWritten(text);
  if (read.success) return undefined;
  const [issue] = read.error.issues;
  const [part, name] = issue?.path ?? [];
  if (part === "keys" && name !== undefined) return `holds a key ${JSON.stringify(name)} that is not 32 random bytes in base64, e.g. from \`openssl rand -base64 32\``;
  if (part === "current" && issue?.code === "custom") return "names a current key that is not among its keys";
  return 'is not JSON of the shape {"current": "k1", "keys": {"k1": "…"}}';
}

/** Reads a written set. Throws an Error that says what is wrong with it, and never a key. */
export function readKeySet(text: string, source: string): KeySet {
  const fault = faultOfKeySet(text);
  if (fault !== undefined) throw new Error(`${source} ${fault}.`);
  const { current, keys } = WrittenKeySet.parse(JSON.parse(text));
  return { current, keys: new Map(Object.entries(keys).map(([id, key]) => [id, createSecretKey(Buffer.from(key, "base64"))])) };
}

function readWritten(text: string): z.ZodSafeParseResult<WrittenKeySet> {
  try {
    return WrittenKeySet.safeParse(JSON.parse(text));
  } catch {
    return WrittenKeySet.safeParse(undefined);
  }
}
