import { createHmac } from "node:crypto";
import { createLogger } from "@atrium/api";
import { testKeyring } from "@atrium/vault/testing";
import { Inngest } from "inngest";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PUT } from "../app/api/inngest/route.ts";
import { readEnv } from "../env.ts";

const signingKey = `signkey-test-${"0123456789abcdef".repeat(4)}`;
const never = () => Promise.reject(new Error("Nothing of this is asked for here."));
const registered: string[] = [];

/** Takes the place of the job server: keeps the address at which the application says its jobs are to be found. */
const jobServer: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  registered.push(await request.text());
  return Response.json({ ok: true, modified: true });
};

beforeAll(() => {
  const read = readEnv({ NODE_ENV: "test", DATABASE_URL: "postgresql://app@localhost/none", ATRIUM_URL: "http://localhost", NEXTAUTH_SECRET: "Qm7vXk2pRt9sLw4yHd6jBf1gNc8zTa3e", MAIL_OUTBOX_DIR: "/nowhere", FILES_DIR: "/nowhere", ATRIUM_KEYS_FILE: "/nowhere" });
  if ("faults" in read) throw new Error(read.faults.join());
  const log = createLogger("silent");
  globalThis.atriumRuntime = Promise.resolve({
    env: read.env,
    database: { withTenant: never, withSystem: never, ping: never, close: never },
    keyring: testKeyring(),
    log,
    client: new Inngest({ id: "atrium", isDev: false, baseUrl: "http://jobs.invalid", signingKey, fetch: jobServer, logger: log }),
    files: { write: never, read: never, list: never, remove: never },
    mail: { send: never },
    publicUrl: "http://localhost",
    clock: () => new Date("2026-11-20T09:30:00Z"),
  });
});
afterAll(() => {
  globalThis.atriumRuntime = undefined;
});

function signed(body: string): string {
  const seconds = Math.floor(Date.now() / 1_000);
  const key = Buffer.from(signingKey.replace(/^signkey-test-/, ""), "utf8");
  return `t=${seconds}&s=${createHmac("sha256", key).update(body).update(String(seconds)).digest("hex")}`;
}

const asked = (headers: Record<string, string>) => new NextRequest("http://elsewhere.invalid/api/inngest", { method: "PUT", body: "{}", headers: { host: "elsewhere.invalid", ...headers } });

describe("the door of the jobs", () => {
  it("has its jobs registered by nobody but the job server: who asks decides where they are called", async () => {
    const answer = await PUT(asked({}), {});
    expect([answer.status, registered]).toEqual([401, []]);
  });

  it("has them registered by the job server", async () => {
    const answer = await PUT(asked({ "x-inngest-signature": signed("{}") }), {});
    expect([answer.status, registered.length]).toEqual([200, 1]);
  });
});
