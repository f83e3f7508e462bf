import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, randomBytes } from "node:crypto";
import type { KeyObject } from "node:crypto";

/* AES-256-GCM and nothing else. What goes in beside the text (`bound`) is not kept: who opens must bring the same. */

const algorithm = "aes-256-gcm";
const ivBytes = 12;
/** Always all of it: Node takes a tag of four bytes where it is not told otherwise, and four bytes can be guessed. */
const authTagLength = 16;

export interface Parts {
  readonly iv: Uint8Array;
  readonly tag: Uint8Array;
  readonly text: Uint8Array;
}

/** A random key, in a shape that no log line prints. */
export const newKey = (): KeyObject => createSecretKey(randomBytes(32));

/** A key made from another one for one purpose; the same purpose gives the same key. */
export const subkey = (key: KeyObject, purpose: string, salt: Uint8Array = new Uint8Array()): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync("sha256", key, salt, purpose, 32)));

/** Parts in one row of bytes, each preceded by its length: `ab`,`c` never reads like `a`,`bc`. */
export function bindingOf(...parts: readonly string[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part, "utf8");
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}

/** Encrypts under a fresh random nonce. One key serves 2^32 texts; rotation comes long before. */
export function encrypt(key: KeyObject, bound: Uint8Array, text: Uint8Array, iv: Uint8Array = randomBytes(ivBytes)): Parts {
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength });
  cipher.setAAD(bound);
  const sealed = Buffer.concat([cipher.update(text), cipher.final()]);
  return { iv, tag: cipher.getAuthTag(), text: sealed };
}

/** The text back. Throws when the key, what was bound, the tag or one bit of the text is another. */
export function decrypt(key: KeyObject, bound: Uint8Array, { iv, tag, text }: Parts): Buffer {
  const decipher = createDecipheriv(algorithm, key, iv, { authTagLength });
  decipher.setAAD(bound);
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(text), decipher.final()]);
}

/** `header | iv | tag | text` as base64url. */
export const pack = (header: Uint8Array, { iv, tag, text }: Parts): string => Buffer.concat([header, iv, tag, text]).toString("base64url");

/** What `pack` made, taken apart; undefined when it cannot have been made by it. */
export function unpack(packed: string, headerBytes: number): (Parts & { readonly header: Buffer }) | undefined {
  const bytes = Buffer.from(packed, "base64url");
  const textAt = headerBytes + ivBytes + authTagLength;
  // Base64 has several spellings of the same bytes; there is one of a sealed text.
  if (bytes.length < textAt || bytes.toString("base64url") !== packed) return undefined;
  return {
    header: bytes.subarray(0, headerBytes),
    iv: bytes.subarray(headerBytes, headerBytes + ivBytes),
    tag: bytes.subarray(headerBytes + ivBytes, textAt),
    text: bytes.subarray(textAt),
  };
}
