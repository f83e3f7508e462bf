import { makeTenant, testDatabase } from "@atrium/db/testing";
import { defineEvent } from "@atrium/kernel";
import type { EmittedEvent } from "@atrium/kernel";
import { expect, it } from "vitest";
import { z } from "zod";
import { createLogger } from "./log.ts";
import { sweepOutbox } from "./outbox.ts";
import { callAs, makeMember, requestAs } from "./testing.ts";
import { createCallerFactory, router, tenantProcedure } from "./trpc.ts";

const told = defineEvent("test/note.told", z.object({ tenantId: z.string(), note: z.string() }));

const notes = router({
  tell: tenantProcedure("home:read")
    .input(z.object({ id: z.string(), fails: z.boolean().default(false) }))
    .mutation(({ ctx, input }) => {
      ctx.emit(told, input.id, { note: "hello" });
      if (input.fails) throw new Error("afterwards");
    }),
});

const log = createLogger("silent");
const now = new Date("2026-11-20T06:00:00Z");
const later = (ms: number) => new Date(now.getTime() + ms);
const unreachable = () => Promise.reject(new Error("connect ECONNREFUSED"));

async function company() {
  const database = await testDatabase();
  const tenant = await makeTenant();
  const member = await makeMember(database, tenant, ["employee"]);
  const waiting = () => database.withTenant(tenant.id, (db) => db.outboxEvent.count());
  /** What a sweep at this moment sends of this company: other tests have news of their own. */
  const sweptAt = async (at: Date) => {
    const sent: EmittedEvent[] = [];
    await sweepOutbox(database, async (events) => void sent.push(...events), log, at);
    return sent.filter(({ data }) => data.tenantId === tenant.id);
  };
  const tellWithoutServer = async (id: string) => {
    const { request } = requestAs({ database, tenant, member, now });
    await createCallerFactory(notes)({ ...request, sendEvents: unreachable }).tell({ id });
  };
  return { database, tenant, member, waiting, sweptAt, tellWithoutServer };
}

it("strikes news off once the job server has them", async () => {
  const { database, tenant, member, waiting } = await company();
  const { call, sent } = callAs(notes, { database, tenant, member, now });
  await call.tell({ id: "one" });
  expect(sent).toEqual([{ name: "test/note.told", id: "one", data: expect.objectContaining({ note: "hello", tenantId: tenant.id, actorMemberId: member.id }) }]);
  expect(await waiting()).toBe(0);
});

it("carries the request's id to the job", async () => {
  const { database, tenant, member } = await company();
  const { request, sent } = requestAs({ database, tenant, member, now });
  await createCallerFactory(notes)(request).tell({ id: "one" });
  expect(sent[0]?.data["requestId"]).toBe(request.requestId);
});

it("keeps the news of a call that fails to itself", async () => {
  const { database, tenant, member, waiting } = await company();
  const { call, sent } = callAs(notes, { database, tenant, member, now });
  await expect(call.tell({ id: "one", fails: true })).rejects.toThrow();
  expect(sent).toEqual([]);
  expect(await waiting()).toBe(0);
});

it("lets a call succeed while the job server is down, and sends its news later under the same id", async () => {
  const { tellWithoutServer, waiting, sweptAt } = await company();
  await tellWithoutServer("one");
  expect(await waiting()).toBe(1);
  expect((await sweptAt(later(60_000))).map(({ id }) => id)).toEqual(["one"]);
  expect(await waiting()).toBe(0);
});

it("leaves news alone that are younger than half a minute", async () => {
  const { tellWithoutServer, sweptAt } = await company();
  await tellWithoutServer("one");
  expect(await sweptAt(later(29_000))).toEqual([]);
});

it("keeps what a sweep could not send for the next one", async () => {
  const { database, tellWithoutServer, waiting, sweptAt } = await company();
  await tellWithoutServer("one");
  await sweepOutbox(database, unreachable, log, later(60_000));
  expect(await waiting()).toBe(1);
  expect(await sweptAt(later(120_000))).toHaveLength(1);
});

it("sends each company its own news", async () => {
  const [first, second] = [await company(), await company()];
  await first.tellWithoutServer("of the first");
  await second.tellWithoutServer("of the second");
  expect((await first.sweptAt(later(60_000))).map(({ id }) => id)).toEqual(["of the first"]);
  expect(await second.waiting()).toBe(0);
});
