import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newKey } from "./cipher.ts";
import { faultsOfKeys, vaultEnv } from "./env.ts";
import { openKeyCache } from "./key-cache.ts";
import { keysInFile, keysInText } from "./key-encryption.ts";

const random = () => randomBytes(32).toString("base64");
const written = (keys: Readonly<Record<string, string>>, current: string) => JSON.stringify({ current, keys });
const place = { tenantId: "ten_a", purpose: "seal", version: 1 } as const;

describe("a wrapped key", () => {
  const k1 = random();
  const ring = keysInText(written({ k1 }, "k1"));

  test("unwraps at its place to what it was", async () => {
    const key = newKey();
    const wrapped = await ring.wrap(place, key);
    expect(wrapped.kekId).toBe("k1");
    expect((await ring.unwrap(place, wrapped)).equals(key)).toBe(true);
  });

  test.each([
    ["of another company", { ...place, tenantId: "ten_b" }],
    ["for another purpose", { ...place, purpose: "index" }],
    ["of another version", { ...place, version: 2 }],
  ] as const)("does not unwrap as one %s", async (_what, elsewhere) => {
    await expect(ring.unwrap(elsewhere, await ring.wrap(place, newKey()))).rejects.toMatchObject({ code: "vault/cannot-open" });
  });

  test("does not unwrap by another key of the same name", async () => {
    const wrapped = await ring.wrap(place, newKey());
    await expect(keysInText(written({ k1: random() }, "k1")).unwrap(place, wrapped)).rejects.toMatchObject({ code: "vault/cannot-open" });
  });

  test("whose key is nowhere says which one to put back", async () => {
    const wrapped = await ring.wrap(place, newKey());
    await expect(keysInText(written({ k2: random() }, "k2")).unwrap(place, wrapped)).rejects.toThrow(/"k1".*ATRIUM_KEYS/);
  });
});

describe("keys in a file", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "atrium-keys-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test("are read again when a key is asked for that was not there, and before a key is wrapped", async () => {
    const file = join(folder, "keys.json");
    const [k1, k2] = [random(), random()];
    await writeFile(file, written({ k1 }, "k1"));
    const app = keysInFile(file);
    const first = await app.wrap(place, newKey());
    await writeFile(file, written({ k1, k2 }, "k2"));
    const other = await keysInFile(file).wrap(place, newKey());
    expect((await app.unwrap(place, other)).type).toBe("secret");
    expect((await app.wrap(place, newKey())).kekId).toBe("k2");
    expect((await app.unwrap(place, first)).type).toBe("secret");
    expect(await app.currentId()).toBe("k2");
  });

  test("that is not there is named", async () => {
    await expect(keysInFile(join(folder, "none.json")).currentId()).rejects.toThrow(/none\.json/);
  });
});

describe("the environment is refused with one sentence", () => {
  const faultOf = (text: string) => vaultEnv.ATRIUM_KEYS.safeParse(text).error?.issues.map(({ message }) => message) ?? [];
  const secret = Buffer.alloc(32, "ab").toString("base64");

  test.each([
    ["no JSON", "k1", "is not JSON of the shape"],
    ["no keys", "{}", "is not JSON of the shape"],
    ["a current key that is not there", written({ k1: random() }, "k2"), "names a current key"],
    ["a short key", written({ k1: Buffer.alloc(16, "x").toString("base64") }, "k1"), 'holds a key "k1"'],
    ["a key typed on one key", written({ k1: secret }, "k1"), "32 random bytes"],
  ])("for %s", (_what, text, said) => {
    const faults = faultOf(text);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(said);
    expect(faults[0]).not.toContain(secret);
  });

  test("for none and for both", () => {
    expect(faultsOfKeys({})).toHaveLength(1);
    expect(faultsOfKeys({ ATRIUM_KEYS_FILE: "keys.json", ATRIUM_KEYS: "{}" })).toHaveLength(1);
    expect(faultsOfKeys({ ATRIUM_KEYS_FILE: "keys.json" })).toEqual([]);
  });
});

describe("unwrapped keys in memory", () => {
  test("are forgotten after five minutes", () => {
    let now = 0;
    const cache = openKeyCache({ clockMs: () => now });
    const key = newKey();
    cache.set("a", key);
    now = 299_999;
    expect(cache.get("a")).toBe(key);
    now = 300_000;
    expect(cache.get("a")).toBeUndefined();
  });

  test("are bounded, and the one not asked for the longest goes first", () => {
    const cache = openKeyCache({ max: 2 });
    for (const name of ["a", "b"]) cache.set(name, newKey());
    cache.get("a");
    cache.set("c", newKey());
    expect(["a", "b", "c"].map((name) => cache.get(name) !== undefined)).toEqual([true, false, true]);
  });
});
