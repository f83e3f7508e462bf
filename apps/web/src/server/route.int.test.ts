import { makeMember } from "@atrium/api/testing";
import { createLogger } from "@atrium/api";
import type { Ctx } from "@atrium/api";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import { AppError } from "@atrium/kernel";
import { testKeyring } from "@atrium/vault/testing";
import { Inngest } from "inngest";
import { encode } from "next-auth/jwt";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEnv } from "../env.ts";
import { memberRoute } from "./route.ts";

const secret = "Qm7vXk2pRt9sLw4yHd6jBf1gNc8zTa3e";
const nowhere = () => Promise.reject(new Error("No file is kept in this test."));

beforeAll(async () => {
  const database = await testDatabase();
  const read = readEnv({ NODE_ENV: "test", DATABASE_URL: database.appUrl, ATRIUM_URL: "http://localhost", NEXTAUTH_SECRET: secret, MAIL_OUTBOX_DIR: "/nowhere", FILES_DIR: "/nowhere", ATRIUM_KEYS_FILE: "/nowhere" });
  if ("faults" in read) throw new Error(read.faults.join());
  globalThis.atriumRuntime = Promise.resolve({
    env: read.env,
    database,
    keyring: testKeyring(),
    log: createLogger("silent"),
    client: new Inngest({ id: "test", isDev: true }),
    files: { write: nowhere, read: nowhere, list: nowhere, remove: nowhere },
    mail: { send: nowhere },
    publicUrl: "http://localhost",
    clock: () => new Date("2026-11-20T09:30:00Z"),
  });
});
afterAll(() => {
  globalThis.atriumRuntime = undefined;
});

async function signedIn(role: "owner" | "employee") {
  const tenant = await makeTenant();
  const { sessionId } = await makeMember(await testDatabase(), tenant, [role]);
  const token = await encode({ token: { claims: { sessionId, tenantId: tenant.id, tenantSlug: tenant.slug, epoch: 0 } }, secret });
  return { tenant, cookie: `atrium-session-${tenant.slug}=${token}` };
}

async function call(route: ReturnType<typeof memberRoute<{ tenant: string }>>, slug: string, cookie = "", method = "GET") {
  const request = new NextRequest(`http://localhost/${slug}/api/something`, { method, headers: { cookie, "x-request-id": "req-test-0001" } });
  return route(request, { params: Promise.resolve({ tenant: slug }) });
}

/** Writes a row (any will do) and its line in the audit trail. */
async function write(ctx: Ctx): Promise<void> {
  await ctx.db.role.create({ data: { tenantId: ctx.tenant.id, id: ctx.newId("rol"), name: "A note", grants: {}, createdAt: ctx.now, updatedAt: ctx.now } });
  ctx.audit({ action: "note.write", entityId: "note_1" });
}

const writing = memberRoute("members:manage", async (ctx) => {
  await write(ctx);
  return () => new Response(`written at ${ctx.now.toISOString()}`);
});

const writingAndFailing = memberRoute("members:manage", async (ctx) => {
  await write(ctx);
  throw new AppError("note/refused", "conflict", { field: "text", params: { limit: 3 } });
});

/** Rows and lines of the trail that are there. */
const trailOf = async (tenantId: string) =>
  (await testDatabase()).withTenant(tenantId, async (db) => Math.max(await db.role.count(), await db.auditEvent.count({ where: { action: "note.write" } })));

describe("a route handler of a company", () => {
  it("answers a member whose role grants the permission, and keeps what was written", async () => {
    const { tenant, cookie } = await signedIn("owner");
    const answer = await call(writing, tenant.slug, cookie);
    expect([answer.status, await answer.text()]).toEqual([200, "written at 2026-11-20T09:30:00.000Z"]);
    expect(await trailOf(tenant.id)).toBe(1);
  });

  it("rolls back what was written before a refusal, and tells the refusal with its field and the request's id", async () => {
    const { tenant, cookie } = await signedIn("owner");
    const answer = await call(writingAndFailing, tenant.slug, cookie);
    expect(answer.status).toBe(409);
    expect(await answer.json()).toEqual({ error: { code: "note/refused", field: "text", params: { limit: 3 }, requestId: "req-test-0001" } });
    expect(await trailOf(tenant.id)).toBe(0);
  });

  it("tells nothing of what nobody foresaw", async () => {
    const { tenant, cookie } = await signedIn("owner");
    const broken = memberRoute("home:read", () => Promise.reject(new Error("password=hunter2")));
    const answer = await call(broken, tenant.slug, cookie);
    expect([answer.status, await answer.json()]).toEqual([500, { error: { code: "request/internal", requestId: "req-test-0001" } }]);
  });

  it("answers what reads, and refuses what writes, when the subscription has been over for a week", async () => {
    const { tenant, cookie } = await signedIn("owner");
    const subscriptionUntil = new Date("2026-11-13T09:30:00Z");
    await (await testDatabase()).withTenant(tenant.id, (db) => db.tenant.updateMany({ where: { id: tenant.id }, data: { subscriptionUntil } }));
    const answering = memberRoute("members:manage", () => Promise.resolve(new Response("done")));
    for (const method of ["GET", "HEAD"]) expect((await call(answering, tenant.slug, cookie, method)).status).toBe(200);
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) expect((await call(answering, tenant.slug, cookie, method)).status).toBe(402);
    const paying = memberRoute("members:manage", () => Promise.resolve(new Response("paid")), { openWhen: ["expired"] });
    expect((await call(paying, tenant.slug, cookie, "POST")).status).toBe(200);
  });

  it("is closed to somebody without a session, without the permission, or of another company", async () => {
    const [owner, employee, other] = [await signedIn("owner"), await signedIn("employee"), await makeTenant()];
    const codeOf = async (answer: Response): Promise<unknown> => [answer.status, await answer.json()];
    const refusal = (code: string) => ({ error: expect.objectContaining({ code }) });
    expect(await codeOf(await call(writing, owner.tenant.slug))).toEqual([401, refusal("session/missing")]);
    expect(await codeOf(await call(writing, employee.tenant.slug, employee.cookie))).toEqual([403, refusal("permission/missing")]);
    expect(await codeOf(await call(writing, other.slug, owner.cookie))).toEqual([401, refusal("session/missing")]);
    const moved = owner.cookie.replace(owner.tenant.slug, other.slug);
    expect(await codeOf(await call(writing, other.slug, moved))).toEqual([403, refusal("tenant_mismatch")]);
  });
});
