import { z } from "zod";
import { faultOfKeySet } from "./key-set.ts";

/** This room's slice of the environment: one of the two, never both. */
export const vaultEnv = {
  /** The file with the keys that wrap the companies' keys. It is read again when a key is asked for that it did not have. */
  ATRIUM_KEYS_FILE: z.string().min(1).optional(),
  /** What would stand in that file, for an installation whose secrets come by environment. */
  ATRIUM_KEYS: z
    .string()
    .superRefine((text, context) => {
      const fault = faultOfKeySet(text);
      if (fault !== undefined) context.addIssue({ code: "custom", message: fault });
    })
    .optional(),
};

/** What is wrong with the two in view of each other, a sentence for each fault. */
export function faultsOfKeys(source: Readonly<Record<string, string | undefined>>): readonly string[] {
  const { ATRIUM_KEYS_FILE: file, ATRIUM_KEYS: text } = source;
  if (!file && !text) return ["ATRIUM_KEYS_FILE is missing: without a file of keys, or ATRIUM_KEYS in its place, no sensitive field can be sealed."];
  if (file && text) return ["ATRIUM_KEYS must not be set beside ATRIUM_KEYS_FILE: one of the two holds the keys."];
  return [];
}
