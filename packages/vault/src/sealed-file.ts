import { randomBytes } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { decrypt, encrypt, subkey } from "./cipher.ts";
import { cannotOpen } from "./contract.ts";

/*
 * A file is sealed piece by piece, so that it can be read as it streams by. Each file has a key of its own, made of the
 * company's and a random salt; within it the pieces are numbered and the last one is marked, so that none can be left out,
 * put elsewhere, or cut off at the end.
 */

const saltBytes = 16;
const pieceBytes = 64 * 1024;
const tagBytes = 16;

const fileKey = (key: KeyObject, salt: Uint8Array): KeyObject => subkey(key, "atrium/file/v1", salt);

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 7);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
}

interface Sealing {
  /** What stands in front: by which key. */
  readonly header: Uint8Array;
  readonly key: KeyObject;
  readonly bound: Uint8Array;
}

/** `header | salt`, then the pieces, each `tag | text`. */
export function sealBytes({ header, key, bound }: Sealing, bytes: Uint8Array): Buffer {
  const salt = randomBytes(saltBytes);
  const own = fileKey(key, salt);
  const count = Math.max(1, Math.ceil(bytes.byteLength / pieceBytes));
  const pieces = Array.from({ length: count }, (_, number) => {
    const piece = bytes.subarray(number * pieceBytes, (number + 1) * pieceBytes);
    const { tag, text } = encrypt(own, bound, piece, nonceOf(number, number === count - 1));
    return Buffer.concat([tag, text]);
  });
  return Buffer.concat([header, salt, ...pieces]);
}

interface Opening {
  readonly headerBytes: number;
  keyBy(header: Buffer): KeyObject;
  readonly bound: Uint8Array;
}

/** Opens what `sealBytes` made, a piece at a time. Throws `vault/cannot-open` where a piece is not what was sealed there. */
export async function* openBytes({ headerBytes, keyBy, bound }: Opening, sealed: AsyncIterable<unknown>): AsyncGenerator<Uint8Array, void> {
  const stretches = inStretches(sealed, headerBytes + saltBytes, tagBytes + pieceBytes);
  const { value: start } = await stretches.next();
  if (!start || start.isLast) throw cannotOpen();
  const own = fileKey(keyBy(start.bytes.subarray(0, headerBytes)), start.bytes.subarray(headerBytes));
  let number = 0;
  for await (const { bytes, isLast } of stretches) {
    yield openPiece(own, bound, bytes, nonceOf(number, isLast));
    number += 1;
  }
}

function openPiece(key: KeyObject, bound: Uint8Array, bytes: Buffer, iv: Buffer): Buffer {
  try {
    return decrypt(key, bound, { iv, tag: bytes.subarray(0, tagBytes), text: bytes.subarray(tagBytes) });
  } catch {
    throw cannotOpen();
  }
}

interface Stretch {
  readonly bytes: Buffer;
  readonly isLast: boolean;
}

/** The stream as one stretch of the first length, then stretches of the other; the last may be shorter. */
async function* inStretches(stream: AsyncIterable<unknown>, first: number, each: number): AsyncGenerator<Stretch, void> {
  let rest = Buffer.alloc(0);
  let length = first;
  for await (const piece of stream) {
    rest = Buffer.concat([rest, bytesOf(piece)]);
    // Only with a byte behind it is it known that a stretch is not the last.
    for (; rest.length > length; length = each) {
      yield { bytes: rest.subarray(0, length), isLast: false };
      rest = rest.subarray(length);
    }
  }
  yield { bytes: rest, isLast: true };
}

function bytesOf(piece: unknown): Uint8Array {
  if (piece instanceof Uint8Array) return piece;
  throw new TypeError("A stream of bytes was expected.");
}
