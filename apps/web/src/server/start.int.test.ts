import { testDatabase } from "@atrium/db/testing";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { faultsOf } from "./start.ts";

const folder = mkdtempSync(join(tmpdir(), "atrium-start-"));
afterAll(() => rmSync(folder, { recursive: true }));
const keyFile = join(folder, "keys.json");
writeFileSync(keyFile, JSON.stringify({ current: "k1", keys: { k1: randomBytes(32).toString("base64") } }));

const surroundings = (url: string) => ({
  NODE_ENV: "production",
  DATABASE_URL: url,
  ATRIUM_URL: "https://hr.example.test",
  NEXTAUTH_SECRET: "Qm7vXk2pRt9sLw4yHd6jBf1gNc8zTa3e",
  SMTP_URL: "smtp://mail.example.test",
  MAIL_FROM: "Acme HR <hr@example.test>",
  INNGEST_EVENT_KEY: "an-event-key-of-some-length",
  INNGEST_SIGNING_KEY: "0123456789abcdef0123456789abcdef0123456789abcdef",
  FILES_DIR: "/var/lib/atrium",
  UPSTASH_REDIS_REST_URL: "http://127.0.0.1:8079",
  UPSTASH_REDIS_REST_TOKEN: "a-token-of-some-length",
  ATRIUM_KEYS_FILE: keyFile,
});

it("starts as the restricted role", async () => {
  expect(await faultsOf(surroundings((await testDatabase()).appUrl))).toEqual([]);
});

it("does not start as a superuser, and says so", async () => {
  expect(await faultsOf(surroundings((await testDatabase()).superuserUrl))).toEqual([expect.stringMatching(/^DATABASE_URL .*superuser/)]);
});

it("does not start as the owner of the tables, and says so", async () => {
  expect(await faultsOf(surroundings((await testDatabase()).ownerUrl))).toEqual([expect.stringMatching(/^DATABASE_URL .*owns the tables/)]);
});

it("does not start when nobody could say which role it is", async () => {
  expect(await faultsOf(surroundings("postgres://atrium_app@127.0.0.1:1/atrium"))).toEqual([expect.stringMatching(/^DATABASE_URL leads to no database that answers: .*ECONNREFUSED/)]);
});

it("does not start without the keys it was told of, and says which file", async () => {
  const sound = surroundings((await testDatabase()).appUrl);
  expect(await faultsOf({ ...sound, ATRIUM_KEYS_FILE: join(folder, "none.json") })).toEqual([expect.stringMatching(/^ATRIUM_KEYS_FILE .*none\.json/)]);
  const broken = join(folder, "broken.json");
  writeFileSync(broken, "{}");
  expect(await faultsOf({ ...sound, ATRIUM_KEYS_FILE: broken })).toEqual([expect.stringMatching(/^ATRIUM_KEYS_FILE .*broken\.json is not JSON/)]);
});
