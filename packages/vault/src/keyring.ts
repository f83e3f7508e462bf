import type { KeyObject } from "node:crypto";
import type { TenantDb } from "@atrium/db";
import { newKey, subkey } from "./cipher.ts";
import { keysInFile, keysInText } from "./key-encryption.ts";
import type { KeyEncryption, KeyPlace, WrappedKey } from "./key-encryption.ts";
import { openKeyCache } from "./key-cache.ts";
import { vaultFrom } from "./vault.ts";
import type { Vault } from "./vault.ts";

/** The way to every company's vault. A process has one. */
export interface Keyring {
  readonly encryption: KeyEncryption;
  /** The vault of the company whose transaction this is; its first keys are made here. Costs one query. */
  vaultOf(db: TenantDb, tenantId: string): Promise<Vault>;
}

export interface KeyringOptions {
  readonly ATRIUM_KEYS_FILE?: string | undefined;
  readonly ATRIUM_KEYS?: string | undefined;
}

/** The keys in the file when one is named, else those in the variable. Throws when neither is. */
export function openKeyring({ ATRIUM_KEYS_FILE: file, ATRIUM_KEYS: text }: KeyringOptions): Keyring {
  if (file) return keyringOn(keysInFile(file));
  if (text) return keyringOn(keysInText(text));
  throw new Error("Set ATRIUM_KEYS_FILE to a file of keys, or ATRIUM_KEYS to what would stand in it.");
}

export interface StoredKey extends WrappedKey {
  readonly purpose: string;
  readonly version: number;
  readonly retiredAt: Date | null;
}

/**
 * Which keys a company has is asked of the database in every transaction, so a key that another process has just made, or
 * that a transaction made and took back, is never missed or believed in. Only the unwrapping is remembered.
 */
export function keyringOn(encryption: KeyEncryption): Keyring {
  const cache = openKeyCache();
  const unwrap = async (place: KeyPlace, stored: StoredKey): Promise<KeyObject> => {
    const name = [place.tenantId, place.purpose, place.version, stored.wrapped].join(" ");
    const cached = cache.get(name);
    if (cached) return cached;
    const key = usable(place.purpose, await encryption.unwrap(place, stored));
    cache.set(name, key);
    return key;
  };
  return {
    encryption,
    vaultOf: async (db, tenantId) => {
      const stored = await storedKeys(db, tenantId, encryption);
      const seal = new Map<number, KeyObject>();
      let index: KeyObject | undefined;
      for (const key of stored) {
        const { version } = key;
        if (key.purpose === "seal") seal.set(version, await unwrap({ tenantId, purpose: "seal", version }, key));
        else index = await unwrap({ tenantId, purpose: "index", version }, key);
      }
      if (!index) throw new Error("A company has keys to seal, but none to index. Restore its rows of tenant_key.");
      return vaultFrom({ tenantId, seal, sealVersion: Math.max(...seal.keys()), index });
    },
  };
}

/** A company's key is never used itself: what is made from it for one purpose serves no other. */
const usable = (purpose: KeyPlace["purpose"], key: KeyObject): KeyObject => subkey(key, `atrium/${purpose}/v1`);

async function storedKeys(db: TenantDb, tenantId: string, encryption: KeyEncryption): Promise<readonly StoredKey[]> {
  const select = { purpose: true, version: true, wrapped: true, kekId: true, retiredAt: true } as const;
  const load = () => db.tenantKey.findMany({ where: { tenantId }, select, orderBy: { version: "asc" } });
  const stored = await load();
  if (stored.length > 0) return stored;
  const data = await Promise.all(
    (["seal", "index"] as const).map(async (purpose) => {
      const place = { tenantId, purpose, version: 1 };
      return { ...place, ...(await encryption.wrap(place, newKey())) };
    }),
  );
  // Two first uses at once: the second waits here for the first, adds nothing, and reads what the first has made.
  await db.tenantKey.createMany({ data, skipDuplicates: true });
  return load();
}
