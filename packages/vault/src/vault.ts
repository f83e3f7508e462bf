import { createHmac } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { AppError } from "@atrium/kernel";
import { bindingOf, decrypt, encrypt, pack, subkey, unpack } from "./cipher.ts";
import { cannotOpen } from "./contract.ts";
import { openBytes, sealBytes } from "./sealed-file.ts";

/** Where a sealed text stands. It opens there and nowhere else. */
export interface Place {
  readonly table: string;
  /** The column it is kept in, as the table calls it. `registry.ts` lists them all. */
  readonly column: `${string}_sealed`;
  /** The row's id, known before it is written. */
  readonly rowId: string;
}

/** One company's vault, for the length of one transaction. */
export interface Vault {
  /** The version of the key that seals from now on. */
  readonly keyVersion: number;
  /** The text, readable at this place of this company alone. Twice the same text gives two different seals. */
  seal(place: Place, text: string): string;
  /** Throws `vault/cannot-open`, and does not tell why. */
  open(place: Place, sealed: string): string;
  /**
   * A mark in hex by which equal values of one column of this company are equal, whatever their case and spaces, and from
   * which nobody without the key can learn one. `column` with its table: `employee.pan`. Not for columns of few values.
   */
  fingerprint(column: string, text: string): string;
  /** A whole file of bounded size, sealed so that it can be opened as it streams by. */
  sealFile(place: Place, bytes: Uint8Array): Uint8Array;
  /** The file's bytes, a piece at a time. Throws `vault/cannot-open` at the first piece that is not what was sealed. */
  openFile(place: Place, sealed: AsyncIterable<unknown>): AsyncGenerator<Uint8Array, void>;
}

export interface TenantKeys {
  readonly tenantId: string;
  /** Every key that ever sealed, by version. */
  readonly seal: ReadonlyMap<number, KeyObject>;
  readonly sealVersion: number;
  readonly index: KeyObject;
}

const format = 1;
const headerBytes = 3;

/** What a text sealed under this version begins with: format and version are three bytes, so four letters of their own. */
export function sealMark(version: number): string {
  return headerOf(version).toString("base64url");
}

function headerOf(version: number): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.writeUInt8(format);
  header.writeUInt16BE(version, 1);
  return header;
}

export function vaultFrom({ tenantId, seal, sealVersion, index }: TenantKeys): Vault {
  const binding = ({ table, column, rowId }: Place): Buffer => bindingOf("v1", tenantId, table, column, rowId);
  const sealing = seal.get(sealVersion);
  if (!sealing) throw new RangeError("There is no key of the version that seals.");
  const keyBy = (header: Buffer): KeyObject => {
    if (header.readUInt8() !== format) throw cannotOpen();
    const version = header.readUInt16BE(1);
    const key = seal.get(version);
    // Sealed under a key that was made after this transaction looked: the next one will know it.
    if (!key && version > sealVersion) throw new AppError("request/busy", "unavailable");
    if (!key) throw cannotOpen();
    return key;
  };
  const indexKeys = new Map<string, KeyObject>();
  return {
    keyVersion: sealVersion,
    seal: (place, text) => pack(headerOf(sealVersion), encrypt(sealing, binding(place), Buffer.from(text, "utf8"))),
    open: (place, sealed) => {
      const parts = unpack(sealed, headerBytes);
      if (!parts) throw cannotOpen();
      const key = keyBy(parts.header);
      try {
        return decrypt(key, binding(place), parts).toString("utf8");
      } catch {
        throw cannotOpen();
      }
    },
    fingerprint: (column, text) => {
      const key = indexKeys.get(column) ?? subkey(index, `atrium/index/v1/${column}`);
      indexKeys.set(column, key);
      return createHmac("sha256", key).update(comparable(text), "utf8").digest("hex");
    },
    sealFile: (place, bytes) => sealBytes({ header: headerOf(sealVersion), key: sealing, bound: binding(place) }, bytes),
    openFile: (place, sealed) => openBytes({ headerBytes, keyBy, bound: binding(place) }, sealed),
  };
}

/** The same number typed in another way: `aaapa 0001 a` is `AAAPA0001A`. */
const comparable = (text: string): string => text.normalize("NFKC").replaceAll(/[\s\p{Pd}]+/gu, "").toUpperCase();
