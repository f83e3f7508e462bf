import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { repository } from "./fixture-house.ts";
import { knownForms, knownValues, leaksInBuild } from "./secrets.ts";

const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: repository, encoding: "utf8" });
const files = listed.split("\n").filter((path) => path !== "" && existsSync(join(repository, path)));

// Made here, and the address put together here, so that this file is not itself found.
const privateKey = generateKeyPairSync("rsa", { modulusLength: 2048, privateKeyEncoding: { type: "pkcs1", format: "pem" }, publicKeyEncoding: { type: "pkcs1", format: "pem" } }).privateKey;
const address = ["postgresql://atrium", ":Zq8vNw3kTy6rLm2p@db.example.test/atrium"].join("");

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "atrium-secrets-"));
});
afterAll(() => rmSync(root, { recursive: true }));
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};

describe("the repository", () => {
  it("holds nothing that has the form of a secret", async () => {
    expect(files.length).toBeGreaterThan(400);
    expect(await knownForms(repository, files)).toEqual([]);
  }, 30_000);

  it("tells the search to look away nowhere", () => {
    const lookAway = ["secretlint", "disable"].join("-");
    expect(files.filter((file) => readFileSync(join(repository, file)).includes(lookAway))).toEqual([]);
  });

  it("holds no file of environment variables, and keeps them out", () => {
    expect(files.filter((file) => /^\.env(\.|$)/.test(basename(file)))).toEqual([]);
    expect(execFileSync("git", ["check-ignore", ".env", "apps/web/.env.local", "apps/web/.env.production"], { cwd: repository, encoding: "utf8" }).trim().split("\n")).toHaveLength(3);
  });
});

describe("the search for secrets", () => {
  it("finds a private key and a password in an address by their form, and does not repeat them", async () => {
    write("forms/deploy.ts", `export const key = \`${privateKey}\`;\n`);
    write("forms/ci.yml", `run: migrate\nurl: ${address}\n`);
    write("forms/good.ts", "export const url = 'https://example.test/atrium';\n");
    const found = await knownForms(root, ["forms/deploy.ts", "forms/ci.yml", "forms/good.ts"]);
    expect(found.map(({ file }) => file).toSorted()).toEqual(["forms/ci.yml", "forms/deploy.ts"]);
    expect(JSON.stringify(found)).not.toMatch(/Zq8vNw3kTy6rLm2p|MIIE/);
  });

  it("finds a value that it was told, anywhere in a file", () => {
    write("values/chunk.js", "a".repeat(10_000) + "Zq8vNw3kTy6rLm2p");
    write("values/other.js", "nothing");
    expect(knownValues(root, ["values/chunk.js", "values/other.js"], new Map([["NEXTAUTH_SECRET", "Zq8vNw3kTy6rLm2p"]]))).toEqual([{ file: "values/chunk.js", what: "holds NEXTAUTH_SECRET" }]);
  });
});

describe("a web build", () => {
  const secrets = new Map([["NEXTAUTH_SECRET", "the-mark-in-the-place-of-secrets"]]);
  const made: Readonly<Record<string, string>> = {
    "prerender-manifest.json": `{"preview":{"previewModeSigningKey":"key-of-the-previews"}}`,
    "server/server-reference-manifest.json": `{"encryptionKey":"key-of-the-actions"}`,
    "server/app/page.js": "export default 1;",
    "static/chunks/main.js": "console.log(1);",
    // Nobody is given these.
    "cache/webpack.pack": "the-mark-in-the-place-of-secrets",
    "node_modules/some/test.js": address,
  };
  const build = async (extra: Readonly<Record<string, string>>) => {
    rmSync(join(root, "build"), { recursive: true, force: true });
    for (const [file, text] of Object.entries({ ...made, ...extra })) write(join("build", file), text);
    return (await leaksInBuild(join(root, "build"), secrets)).map(({ file }) => file);
  };

  it("is clean when no secret is in it", async () => {
    expect(await build({})).toEqual([]);
  });

  it.each([
    ["a value of the environment in the server's half", "server/chunks/1.js", `const s = "the-mark-in-the-place-of-secrets";`],
    ["a value of the environment in the browser's half", "static/chunks/2.js", `const s = "the-mark-in-the-place-of-secrets";`],
    ["the preview key in the browser's half", "static/chunks/3.js", `const s = "key-of-the-previews";`],
    ["the actions' key in the browser's half", "static/chunks/4.js", `const s = "key-of-the-actions";`],
    ["a file of environment variables", "standalone/.env.production", "A=1"],
    ["a private key", "server/chunks/5.js", privateKey],
  ])("is refused with %s", async (_what, file, text) => {
    expect(await build({ [file]: text })).toEqual([file]);
  });

  it("that is not there is not called clean", async () => {
    await expect(leaksInBuild(join(root, "no-build"), secrets)).rejects.toThrow();
  });
});
