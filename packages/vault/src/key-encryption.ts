import { createSecretKey } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { readFile } from "node:fs/promises";
import { bindingOf, decrypt, encrypt, pack, unpack } from "./cipher.ts";
import { cannotOpen } from "./contract.ts";
import { readKeySet } from "./key-set.ts";
import type { KeySet } from "./key-set.ts";

/** Which key of which company is wrapped. A wrapped key that is moved to another place does not unwrap there. */
export interface KeyPlace {
  readonly tenantId: string;
  readonly purpose: "seal" | "index";
  readonly version: number;
}

export interface WrappedKey {
  readonly kekId: string;
  readonly wrapped: string;
}

/**
 * Wraps companies' keys by a key that is not in the database. A key service (KMS) fits behind it: `wrap` and `unwrap` are
 * then calls to it, and the place is what it calls the encryption context.
 */
export interface KeyEncryption {
  /** The key that wraps from now on. */
  currentId(): Promise<string>;
  wrap(place: KeyPlace, key: KeyObject): Promise<WrappedKey>;
  /** Throws `vault/cannot-open` for what another key wrapped or for another place, an Error when the key is not there. */
  unwrap(place: KeyPlace, wrapped: WrappedKey): Promise<KeyObject>;
}

/** Keys in a file. It is read anew before a key is wrapped, and when a key is asked for that it did not have. */
export function keysInFile(path: string): KeyEncryption {
  return keysFrom(async () => readKeySet(await readFile(path, "utf8"), path), path);
}

/** Keys in a variable of the environment. */
export function keysInText(text: string): KeyEncryption {
  return keysFrom(() => Promise.resolve(readKeySet(text, "ATRIUM_KEYS")), "ATRIUM_KEYS");
}

const header = Buffer.from([1]);

function keysFrom(read: () => Promise<KeySet>, source: string): KeyEncryption {
  let known: KeySet | undefined;
  const refresh = async (): Promise<KeySet> => (known = await read());
  return {
    currentId: async () => (await refresh()).current,
    wrap: async (place, key) => {
      // Wrapping is rare. From memory it might wrap by a key that an operator has just replaced and is about to throw away.
      const { current, keys } = await refresh();
      const sealed = encrypt(keyNamed(keys, current, source), binding(place), key.export());
      return { kekId: current, wrapped: pack(header, sealed) };
    },
    unwrap: async (place, { kekId, wrapped }) => {
      const { keys } = known?.keys.has(kekId) ? known : await refresh();
      const parts = unpack(wrapped, header.length);
      if (!parts?.header.equals(header)) throw cannotOpen();
      const wrapping = keyNamed(keys, kekId, source);
      try {
        return createSecretKey(decrypt(wrapping, binding(place), parts));
      } catch {
        throw cannotOpen();
      }
    },
  };
}

function keyNamed(keys: KeySet["keys"], id: string, source: string): KeyObject {
  const key = keys.get(id);
  if (!key) throw new Error(`A company's key is wrapped by the key ${JSON.stringify(id)}, which ${source} does not hold. Put it back there.`);
  return key;
}

const binding = ({ tenantId, purpose, version }: KeyPlace): Buffer => bindingOf("atrium/key/v1", tenantId, purpose, String(version));
