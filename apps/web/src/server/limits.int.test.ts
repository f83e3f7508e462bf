import { createLogger } from "@atrium/api";
import { makeMember } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import { planTerms } from "@atrium/kernel";
import { makeLimiter } from "@atrium/limits";
import { Inngest } from "inngest";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { POST as alert } from "../app/api/limits/alert/route.ts";
import { POST as refresh } from "../app/api/limits/refresh/route.ts";
import { sealOrder } from "../edge/limits/house.ts";
import { publishChanged, publishInForce } from "./limits.ts";
import { runtime } from "./runtime.ts";
import { openTestRuntime } from "./testing/doors.ts";

const redis = { url: inject("restUrl"), token: inject("restToken"), budgetMs: 10_000 };
const log = createLogger("silent");
const clock = () => new Date();

let close: () => void;
let secret: string;
beforeAll(async () => {
  close = await openTestRuntime();
  const opened = await runtime();
  secret = opened.env.NEXTAUTH_SECRET;
  globalThis.atriumRuntime = Promise.resolve({ ...opened, limits: { redis, database: opened.database, log, clock } });
});
afterAll(() => close());

/** What the edge of a process that has just begun reads of a company; undefined where it has to ask the house first. */
async function atTheEdge(tenantId: string): Promise<Record<string, number> | undefined> {
  const limiter = makeLimiter({ redis, refresh: () => Promise.reject(new Error("It is not known.")), wallClock: Date.now });
  const { buckets, isDegraded } = await limiter.decide({ routeClass: "read", cost: 1, tenantId, userId: "mem_1", sessionId: "ses_1", address: "203.0.113.7", account: undefined, isFresh: true });
  return isDegraded ? undefined : Object.fromEntries(buckets.map(({ name, capacity }) => [name, capacity]));
}

const ask = (path: string, authorization: string) => new NextRequest(`http://localhost/api/limits/${path}`, { method: "POST", headers: { authorization, "x-request-id": "req-test-0001" } });
const bearer = async (purpose: "limits-refresh" | "limits-alert", tenantId: string, buckets: readonly string[] = []) => `Bearer ${await sealOrder(purpose, { tenantId, buckets }, secret)}`;
const { starter, free } = planTerms;

describe("the house's doors for its own edge", () => {
  it("write what a company may do where the edge looks", async () => {
    const tenant = await makeTenant();
    expect(await atTheEdge(tenant.id)).toBeUndefined();
    expect((await refresh(ask("refresh", await bearer("limits-refresh", tenant.id)))).status).toBe(204);
    const [found] = await (await testDatabase()).withTenant(tenant.id, (db) => db.$queryRaw<{ plan: keyof typeof planTerms }[]>`SELECT plan FROM tenant WHERE id = ${tenant.id}`);
    const { perMinute, perHour } = planTerms[found?.plan ?? "starter"].limits;
    expect(await atTheEdge(tenant.id)).toMatchObject({ minute: perMinute, hour: perHour });
  });

  it("know a company that is gone as one like any other, so that a session that outlived it is counted", async () => {
    expect((await refresh(ask("refresh", await bearer("limits-refresh", "ten_gone_for_good")))).status).toBe(204);
    expect(await atTheEdge("ten_gone_for_good")).toMatchObject({ minute: starter.limits.perMinute });
  });

  it("have the company told which limits are nearly used, and of nothing else", async () => {
    const [database, tenant] = [await testDatabase(), await makeTenant()];
    await makeMember(database, tenant, ["owner"]);
    const sent: string[] = [];
    const opened = await runtime();
    const jobServer: typeof fetch = async (input, init) => {
      sent.push(await new Request(input, init).text());
      return Response.json({ ids: [], status: 200 });
    };
    globalThis.atriumRuntime = Promise.resolve({ ...opened, client: new Inngest({ id: "test", isDev: true, fetch: jobServer }) });
    expect((await alert(ask("alert", await bearer("limits-alert", tenant.id, ["minute", "user"])))).status).toBe(204);
    globalThis.atriumRuntime = Promise.resolve(opened);
    const told = sent.flatMap((body): unknown => JSON.parse(body)).filter((event) => JSON.stringify(event).includes(`"tenantId":"${tenant.id}"`));
    expect(told).toEqual([expect.objectContaining({ name: "billing/limit.nearly-used", data: expect.objectContaining({ slug: tenant.slug, window: "minute" }) })]);
  });

  it("are there for nobody without the token of that very purpose", async () => {
    const tenant = await makeTenant();
    for (const authorization of ["", "Bearer nonsense", await bearer("limits-alert", tenant.id)]) expect((await refresh(ask("refresh", authorization))).status).toBe(404);
    for (const authorization of ["", "Bearer nonsense", await bearer("limits-refresh", tenant.id)]) expect((await alert(ask("alert", authorization))).status).toBe(404);
    expect(await atTheEdge(tenant.id)).toBeUndefined();
  });
});

describe("a change of what a company may do", () => {
  it("is in force at the edge once it is told", async () => {
    const [database, tenant] = [await testDatabase(), await makeTenant()];
    const desk = { redis, database, log, clock };
    await publishInForce(desk, tenant.id);
    await database.withTenant(tenant.id, (db) => db.$executeRaw`UPDATE tenant SET plan = 'free', limits_version = limits_version + 1 WHERE id = ${tenant.id}`);
    await publishChanged(desk)(tenant.id);
    expect(await atTheEdge(tenant.id)).toMatchObject({ minute: free.limits.perMinute, hour: free.limits.perHour });
  });

  it("stands although Redis does not answer", async () => {
    const [database, tenant] = [await testDatabase(), await makeTenant()];
    await expect(publishChanged({ redis: { url: "http://127.0.0.1:1", token: "none" }, database, log, clock })(tenant.id)).resolves.toBeUndefined();
  });
});
