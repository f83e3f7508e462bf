import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { AppError } from "@atrium/kernel";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bindingOf, decrypt, encrypt, newKey } from "./cipher.ts";
import { sealMark, vaultFrom } from "./vault.ts";
import type { TenantKeys } from "./vault.ts";

const keys: TenantKeys = { tenantId: "ten_a", seal: new Map([[1, newKey()]]), sealVersion: 1, index: newKey() };
const vault = vaultFrom(keys);
const place = { table: "employee", column: "pan_sealed", rowId: "emp_1" } as const;
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return "opened";
  } catch (error) {
    return error instanceof AppError ? error.code : "another error";
  }
};

test("what is sealed at a place opens there, in any script", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(vault.open(place, vault.seal(place, text))).toBe(text);
    }),
  );
});

test("the same text sealed twice gives two seals, and neither shows it", () => {
  const [one, two] = [vault.seal(place, "AAAPA0001A"), vault.seal(place, "AAAPA0001A")];
  expect(one).not.toBe(two);
  expect(one).toMatch(/^[A-Za-z0-9_-]+$/);
  expect(Buffer.from(one, "base64url").toString("latin1")).not.toContain("AAAPA");
});

describe("a sealed text does not open, and says nothing but that", () => {
  const sealed = vault.seal(place, "AAAPA0001A");
  test.each([
    ["in another row", () => vault.open({ ...place, rowId: "emp_2" }, sealed)],
    ["in another column", () => vault.open({ ...place, column: "uan_sealed" }, sealed)],
    ["in another table", () => vault.open({ ...place, table: "candidate" }, sealed)],
    ["in another company with the same keys", () => vaultFrom({ ...keys, tenantId: "ten_b" }).open(place, sealed)],
    ["under another key of that version", () => vaultFrom({ ...keys, seal: new Map([[1, newKey()]]) }).open(place, sealed)],
    ["where its parts run into each other differently", () => vault.open({ table: "employeepan_sealed", column: "_sealed", rowId: "emp_1" }, sealed)],
    ["when it is cut", () => vault.open(place, sealed.slice(0, -4))],
    ["when it is empty", () => vault.open(place, "")],
    ["when it is no base64", () => vault.open(place, `${sealed.slice(0, -1)}!`)],
    ["when it is plain text", () => vault.open(place, "AAAPA0001A")],
    ["when its format is another", () => vault.open(place, `Ag${sealed.slice(2)}`)],
    ["when its key is of a version that never was", () => vaultFrom({ ...keys, seal: new Map([[2, newKey()]]), sealVersion: 2 }).open(place, sealed)],
  ])("%s", (_what, open) => {
    expect(codeOf(open)).toBe("vault/cannot-open");
  });

  test("when any one bit is another", () => {
    const bytes = Buffer.from(sealed, "base64url");
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(codeOf(() => vault.open(place, changed.toString("base64url"))), `bit ${bit}`).not.toBe("opened");
    }
  });
});

test("a tag of four bytes is refused, though they are the right ones", () => {
  const key = newKey();
  const bound = bindingOf("v1");
  const parts = encrypt(key, bound, Buffer.from("AAAPA0001A"));
  expect(decrypt(key, bound, parts).toString()).toBe("AAAPA0001A");
  expect(() => decrypt(key, bound, { ...parts, tag: parts.tag.subarray(0, 4) })).toThrow(/tag/i);
});

test("a text of a newer key asks for a second try, one of an older key opens", () => {
  const next = vaultFrom({ ...keys, seal: new Map([...keys.seal, [2, newKey()]]), sealVersion: 2 });
  expect(next.open(place, vault.seal(place, "old"))).toBe("old");
  expect(codeOf(() => vault.open(place, next.seal(place, "new")))).toBe("request/busy");
});

test("four letters in front tell the version", () => {
  expect(vault.seal(place, "x").slice(0, 4)).toBe(sealMark(1));
  expect(new Set([1, 2, 255, 256, 65_535].map(sealMark)).size).toBe(5);
});

describe("fingerprints", () => {
  const of = (text: string, column = "employee.pan", from = vault) => from.fingerprint(column, text);

  test("are equal for the same number however it is typed, and hex", () => {
    expect(of(" aaapa-0001 a")).toBe(of("AAAPA0001A"));
    expect(of("AAAPA0001A")).toMatch(/^[0-9a-f]{64}$/);
  });

  test("differ by number, by column and by company", () => {
    const other = vaultFrom({ ...keys, tenantId: "ten_b", index: newKey() });
    const marks = [of("AAAPA0001A"), of("AAAPA0001B"), of("AAAPA0001A", "employee.uan"), of("AAAPA0001A", "employee.pan", other)];
    expect(new Set(marks).size).toBe(marks.length);
  });

  test("stay when the sealing key is replaced", () => {
    expect(of("AAAPA0001A", "employee.pan", vaultFrom({ ...keys, seal: new Map([[2, newKey()]]), sealVersion: 2 }))).toBe(of("AAAPA0001A"));
  });
});

test("no key is printed with the vault or with what it is made of", () => {
  const bytes = randomBytes(32);
  const shown = inspect({ vault, keys }, { depth: 9, showHidden: true }) + JSON.stringify({ vault, keys: [...keys.seal.values()] });
  expect(shown).not.toMatch(/<Buffer|[0-9a-f]{64}/);
  expect(inspect(bytes)).toMatch(/<Buffer/);
});
