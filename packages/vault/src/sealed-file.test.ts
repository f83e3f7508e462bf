import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { newKey } from "./cipher.ts";
import { vaultFrom } from "./vault.ts";

const keys = { tenantId: "ten_a", seal: new Map([[1, newKey()]]), sealVersion: 1, index: newKey() };
const vault = vaultFrom(keys);
const place = { table: "employee_import", column: "file_sealed", rowId: "imp_1" } as const;

/** As a disk or a network gives it: in pieces of any length. */
async function* inPieces(bytes: Uint8Array, length = 1_021): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function read(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const read: Uint8Array[] = [];
  for await (const piece of pieces) read.push(piece);
  return Buffer.concat(read);
}

const open = (sealed: Uint8Array, at: Parameters<typeof vault.openFile>[0] = place, length?: number) => read(vault.openFile(at, inPieces(sealed, length)));

test.each([0, 1, 65_535, 65_536, 65_537, 131_072, 300_000])("a file of %i bytes comes back, however it is cut on the way", async (size) => {
  const bytes = randomBytes(size);
  const sealed = vault.sealFile(place, bytes);
  for (const length of [97, 65_552, 1_000_000]) expect((await open(sealed, place, length)).equals(bytes), `in pieces of ${length}`).toBe(true);
});

describe("a sealed file does not open", () => {
  const sealed = vault.sealFile(place, randomBytes(200_000));
  const piece = 65_552;
  const start = 19;
  const at = (number: number) => sealed.subarray(start + number * piece, start + (number + 1) * piece);
  const refused = { code: "vault/cannot-open" };

  test.each([
    ["with two pieces in each other's place", Buffer.concat([sealed.subarray(0, start), at(1), at(0), at(2), at(3)])],
    ["without its last piece", sealed.subarray(0, start + 3 * piece)],
    ["without a piece in the middle", Buffer.concat([sealed.subarray(0, start), at(0), at(2), at(3)])],
    ["with a piece more", Buffer.concat([sealed, at(3)])],
    ["cut within a piece", sealed.subarray(0, start + piece + 100)],
    ["cut within its beginning", sealed.subarray(0, 10)],
    ["when it is empty", Buffer.alloc(0)],
    ["when it is a plain file", Buffer.from("Employee code,Full name\nA1,Asha\n".repeat(10))],
  ])("%s", async (_what, changed) => {
    await expect(open(changed)).rejects.toMatchObject(refused);
  });

  test("in another place or another company", async () => {
    await expect(open(sealed, { ...place, rowId: "imp_2" })).rejects.toMatchObject(refused);
    await expect(read(vaultFrom({ ...keys, tenantId: "ten_b" }).openFile(place, inPieces(sealed)))).rejects.toMatchObject(refused);
  });

  test("and what was wrong with the stream itself is told as it is", async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield sealed.subarray(0, 100_000);
      throw new Error("the disk is gone");
    }
    await expect(read(vault.openFile(place, broken()))).rejects.toThrow("the disk is gone");
  });
});
