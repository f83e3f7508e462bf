import { makeTenant, testDatabase } from "@atrium/db/testing";
import { AppError, defineEvent } from "@atrium/kernel";
import type { Role } from "@atrium/kernel";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { TestDatabase } from "@atrium/db/testing";
import type { Ctx } from "./context.ts";
import { callAs, makeMember, makeSession } from "./testing.ts";
import type { SessionOptions } from "./testing.ts";
import { router, steppedProcedure, tenantProcedure } from "./trpc.ts";

const noted = defineEvent("test/note.written", z.object({ tenantId: z.string(), noteId: z.string() }));

/** Writes a row (any will do), its line in the audit trail, and news of it. */
async function write(ctx: Ctx, noteId: string): Promise<string> {
  await ctx.db.role.create({ data: { tenantId: ctx.tenant.id, id: ctx.newId("rol"), name: noteId, grants: {}, createdAt: ctx.now, updatedAt: ctx.now } });
  ctx.audit({ action: "note.write", entityId: noteId });
  ctx.emit(noted, noteId, { noteId });
  return noteId;
}

const notes = router({
  write: tenantProcedure("members:manage").input(z.string()).mutation(({ ctx, input }) => write(ctx, input)),
  writeShort: tenantProcedure("members:manage").input(z.string().max(8)).mutation(({ ctx, input }) => write(ctx, input)),
  writeAndThrow: tenantProcedure("members:manage")
    .input(z.string())
    .mutation(async ({ ctx, input }) => {
      await write(ctx, input);
      throw new AppError("note/refused", "conflict");
    }),
  writeAndAnswerWrongly: tenantProcedure("members:manage")
    .input(z.string())
    .output(z.number())
    .mutation(async ({ ctx, input }) => Number.NaN + (await write(ctx, input)).length),
  count: tenantProcedure("members:manage").query(async ({ ctx }) => (await ctx.db.role.count()) + (await ctx.db.auditEvent.count({ where: { action: "note.write" } })) * 100),
  approve: tenantProcedure("members:manage", { stepUp: true }).mutation(() => "approved"),
  steppedRead: steppedProcedure("members:manage").query(() => "read"),
  steppedWrite: steppedProcedure("members:manage").mutation(() => "written"),
  leave: tenantProcedure("members:manage", { openWhen: ["expired", "enrolling"] }).mutation(() => "left"),
});
/** What `count` answers after so many writes. */
const written = (rows: number): number => rows * 101;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

async function callsAs(...roles: Role[]) {
  const tenant = await makeTenant();
  const member = await makeMember(database, tenant, roles);
  return { tenant, member, ...callAs(notes, { database, tenant, member }) };
}

describe("the transaction round a procedure", () => {
  it("keeps what a procedure wrote, and sends its news after that", async () => {
    const { call, sent, tenant, member } = await callsAs("owner");
    await call.write("note_1");
    expect(await call.count()).toBe(written(1));
    expect(sent).toMatchObject([{ name: "test/note.written", id: "note_1", data: { noteId: "note_1", tenantId: tenant.id, actorMemberId: member.id } }]);
  });

  it("leaves no row and sends no news when a procedure throws", async () => {
    const { call, sent } = await callsAs("owner");
    await expect(call.writeAndThrow("note_1")).rejects.toMatchObject({ message: "note/refused", code: "CONFLICT" });
    expect(await call.count()).toBe(0);
    expect(sent).toEqual([]);
  });

  it("leaves no row when the answer is not what its schema says", async () => {
    const { call, sent } = await callsAs("owner");
    await expect(call.writeAndAnswerWrongly("note_1")).rejects.toMatchObject({ message: "request/internal" });
    expect(await call.count()).toBe(0);
    expect(sent).toEqual([]);
  });

  it("leaves no row when the input is not what its schema says", async () => {
    const { call } = await callsAs("owner");
    await expect(call.writeShort("much too long")).rejects.toMatchObject({ message: "request/invalid", code: "BAD_REQUEST" });
    expect(await call.count()).toBe(0);
  });
});

describe("the door", () => {
  it("refuses somebody without a session", async () => {
    const { tenant } = await callsAs("owner");
    await expect(callAs(notes, { database, tenant, member: undefined }).call.count()).rejects.toMatchObject({ message: "session/missing" });
  });

  it("says of a company that does not exist, or not any more, that it does not exist", async () => {
    const [gone, never] = [await makeTenant(), { id: "ten_never", slug: "never-there" }];
    await database.withTenant(gone.id, (db) => db.tenant.updateMany({ where: { id: gone.id }, data: { status: "deleted", deletedAt: new Date() } }));
    for (const tenant of [gone, never]) {
      await expect(callAs(notes, { database, tenant, member: undefined }).call.count()).rejects.toMatchObject({ message: "tenant_not_found", code: "NOT_FOUND" });
    }
  });

  it("refuses a session of another company, even an owner's", async () => {
    const [ours, theirs] = [await callsAs("owner"), await callsAs("owner")];
    const { call } = callAs(notes, { database, tenant: ours.tenant, member: theirs.member, sessionTenant: theirs.tenant });
    await expect(call.count()).rejects.toMatchObject({ message: "tenant_mismatch", code: "FORBIDDEN" });
  });

  it("refuses a session that claims a company its member does not belong to", async () => {
    const [ours, theirs] = [await callsAs("owner"), await callsAs("owner")];
    await expect(callAs(notes, { database, tenant: ours.tenant, member: theirs.member }).call.count()).rejects.toMatchObject({ message: "session/ended" });
  });

  it("refuses a session whose epoch is over", async () => {
    const { tenant, member } = await callsAs("owner");
    await database.withTenant(tenant.id, (db) => db.member.updateMany({ where: { id: member.id }, data: { sessionEpoch: 1 } }));
    await expect(callAs(notes, { database, tenant, member }).call.count()).rejects.toMatchObject({ message: "session/ended" });
    expect(await callAs(notes, { database, tenant, member: { ...member, epoch: 1 } }).call.count()).toBe(0);
  });

  it("refuses a member whose access was taken away", async () => {
    const { tenant, member, call } = await callsAs("owner");
    await database.withTenant(tenant.id, (db) => db.member.updateMany({ where: { id: member.id }, data: { status: "deactivated" } }));
    await expect(call.count()).rejects.toMatchObject({ message: "session/ended" });
  });

  it("refuses everybody of a suspended company", async () => {
    const { tenant, call } = await callsAs("owner");
    await database.withTenant(tenant.id, (db) => db.tenant.updateMany({ data: { status: "suspended" } }));
    await expect(call.count()).rejects.toMatchObject({ message: "tenant_suspended" });
  });

  it("refuses a member none of whose roles grants the permission", async () => {
    const { call } = await callsAs("hr-admin", "payroll-manager", "manager", "employee");
    await expect(call.count()).rejects.toMatchObject({ message: "permission/missing", code: "FORBIDDEN" });
  });

  it("adds up what a member's roles grant, the company's own among them", async () => {
    const { tenant, call } = await callsAs("employee");
    await expect(call.count()).rejects.toMatchObject({ message: "permission/missing" });
    await database.withTenant(tenant.id, async (db) => {
      const now = new Date();
      await db.role.create({ data: { tenantId: tenant.id, id: "rol_clerk", name: "Clerk", grants: { "members:manage": "tenant", "no:such": "tenant" }, createdAt: now, updatedAt: now } });
      await db.member.updateMany({ data: { roles: ["employee", "rol_clerk"] } });
    });
    expect(await call.count()).toBe(1);
  });

  it("grants nothing by a role of another company, nor in a scope in which it cannot be granted", async () => {
    const [ours, theirs] = [await callsAs("employee"), await makeTenant()];
    const now = new Date();
    await database.withTenant(theirs.id, (db) =>
      db.role.create({ data: { tenantId: theirs.id, id: "rol_boss", name: "Boss", grants: { "members:manage": "tenant" }, createdAt: now, updatedAt: now } }),
    );
    await database.withTenant(ours.tenant.id, async (db) => {
      await db.role.create({ data: { tenantId: ours.tenant.id, id: "rol_odd", name: "Odd", grants: { "members:manage": "own" }, createdAt: now, updatedAt: now } });
      await db.member.updateMany({ data: { roles: ["rol_boss", "rol_odd"] } });
    });
    await expect(ours.call.count()).rejects.toMatchObject({ message: "permission/missing" });
  });
});

const minute = 60_000;
const day = 24 * 60 * minute;

describe("a session", () => {
  const now = new Date("2026-11-20T09:30:00Z");
  const ago = (ms: number): Date => new Date(now.getTime() - ms);

  async function callsIn(options: SessionOptions, tenantChange: Readonly<Record<string, unknown>> = {}) {
    const { tenant, member } = await callsAs("owner");
    const sessionId = await database.withTenant(tenant.id, async (db) => {
      await db.tenant.updateMany({ data: tenantChange });
      return makeSession(db, tenant.id, member.id, options);
    });
    const { call } = callAs(notes, { database, tenant, member: { sessionId, epoch: 0 }, now });
    const row = () => database.withTenant(tenant.id, (db) => db.session.findFirstOrThrow({ where: { id: sessionId } }));
    return { tenant, sessionId, call, row };
  }

  it("ends after thirty minutes without a call, and each call keeps it open", async () => {
    const idle = await callsIn({ lastSeenAt: ago(30 * minute + 1) });
    await expect(idle.call.count()).rejects.toMatchObject({ message: "session/ended" });
    const used = await callsIn({ lastSeenAt: ago(30 * minute) });
    expect(await used.call.count()).toBe(0);
    expect((await used.row()).lastSeenAt).toEqual(now);
  });

  it("ends when it is idle as long as its company says", async () => {
    const { call } = await callsIn({ lastSeenAt: ago(11 * minute) }, { sessionIdleMinutes: 10 });
    await expect(call.count()).rejects.toMatchObject({ message: "session/ended" });
  });

  it("ends at its last moment however busy it is", async () => {
    await expect((await callsIn({ lastSeenAt: now, expiresAt: now })).call.count()).rejects.toMatchObject({ message: "session/ended" });
    expect(await (await callsIn({ lastSeenAt: now, expiresAt: new Date(now.getTime() + 1) })).call.count()).toBe(0);
  });

  it("is written down as used at most once a minute", async () => {
    const { call, row } = await callsIn({ lastSeenAt: ago(minute) });
    await call.count();
    expect((await row()).lastSeenAt).toEqual(ago(minute));
  });

  it("does not make calls wait for each other to write that down", async () => {
    const { call, row } = await callsIn({ lastSeenAt: ago(5 * minute) });
    await Promise.all([call.count(), call.count(), call.count(), call.count()]);
    expect((await row()).lastSeenAt).toEqual(now);
  });

  it("that has ended is refused", async () => {
    const { tenant, call } = await callsIn({});
    await database.withTenant(tenant.id, (db) => db.session.updateMany({ data: { endedAt: ago(1) } }));
    await expect(call.count()).rejects.toMatchObject({ message: "session/ended" });
  });

  it("opens what asks for a fresh proof for ten minutes", async () => {
    expect(await (await callsIn({ verifiedAt: ago(10 * minute) })).call.approve()).toBe("approved");
    const { call } = await callsIn({ verifiedAt: ago(10 * minute + 1) });
    await expect(call.approve()).rejects.toMatchObject({ message: "session/step-up-required", code: "FORBIDDEN" });
    expect(await call.count()).toBe(0);
  });

  it("without a second factor opens only the way to one, when the company asks for it", async () => {
    const { call } = await callsIn({ isStrong: false }, { requiresMfa: true });
    await expect(call.count()).rejects.toMatchObject({ message: "session/mfa-enrolment-required" });
    expect(await call.leave()).toBe("left");
    expect(await (await callsIn({ isStrong: true }, { requiresMfa: true })).call.count()).toBe(0);
  });

  it("of a company whose subscription has just ended works as before, for seven days", async () => {
    for (const subscriptionUntil of [new Date(now.getTime() + 1), now, ago(7 * day - 1)]) {
      const { call } = await callsIn({}, { subscriptionUntil });
      expect(await call.write("note_1")).toBe("note_1");
    }
  });

  it("of one that has not been renewed for seven days reads, and writes only where the door stays open", async () => {
    for (const standing of [{ subscriptionUntil: ago(7 * day) }, { subscriptionUntil: ago(37 * day - 1) }, { subscriptionUntil: now, cancelledAt: ago(day) }]) {
      const { call } = await callsIn({}, standing);
      await expect(call.write("note_1")).rejects.toMatchObject({ message: "subscription_expired", code: "PAYMENT_REQUIRED" });
      await expect(call.steppedWrite()).rejects.toMatchObject({ message: "subscription_expired" });
      expect([await call.count(), await call.steppedRead(), await call.leave()]).toEqual([0, "read", "left"]);
    }
  });

  it("of one that has not been renewed for thirty-seven days opens only what stays open", async () => {
    for (const standing of [{ subscriptionUntil: ago(37 * day) }, { subscriptionUntil: ago(30 * day), cancelledAt: ago(40 * day) }]) {
      const { call } = await callsIn({}, standing);
      await expect(call.count()).rejects.toMatchObject({ message: "subscription_expired", code: "PAYMENT_REQUIRED" });
      await expect(call.steppedRead()).rejects.toMatchObject({ message: "subscription_expired" });
      expect(await call.leave()).toBe("left");
    }
  });

  it("of a company that was deleted finds no company", async () => {
    const { call } = await callsIn({}, { status: "deleted", deletedAt: ago(1) });
    await expect(call.count()).rejects.toMatchObject({ message: "tenant_not_found", code: "NOT_FOUND" });
  });
});

describe("a session that is shown to another company", () => {
  it("has ended, and its own company's trail tells of it once", async () => {
    const [ours, theirs] = [await callsAs("owner"), await callsAs("owner")];
    const shown = callAs(notes, { database, tenant: theirs.tenant, member: ours.member, sessionTenant: ours.tenant });
    await Promise.all(Array.from({ length: 5 }, () => expect(shown.call.count()).rejects.toMatchObject({ message: "tenant_mismatch" })));
    await expect(ours.call.count()).rejects.toMatchObject({ message: "session/ended" });
    const trail = (id: string) => database.withTenant(id, (db) => db.auditEvent.findMany());
    expect(await trail(ours.tenant.id)).toMatchObject([
      { action: "session.tenant-mismatch", entityId: ours.member.sessionId, actorMemberId: ours.member.id, after: { shownTo: theirs.tenant.slug } },
    ]);
    expect(await trail(theirs.tenant.id)).toEqual([]);
  });

  it("leaves the other company's own sessions alone", async () => {
    const [ours, theirs] = [await callsAs("owner"), await callsAs("owner")];
    await expect(callAs(notes, { database, tenant: theirs.tenant, member: ours.member, sessionTenant: ours.tenant }).call.count()).rejects.toThrow();
    expect(await theirs.call.count()).toBe(0);
  });

  it("is told to who mirrors ended sessions", async () => {
    const [ours, theirs] = [await callsAs("owner"), await callsAs("owner")];
    const { call, ended } = callAs(notes, { database, tenant: theirs.tenant, member: ours.member, sessionTenant: ours.tenant });
    await expect(call.count()).rejects.toThrow();
    expect(ended).toMatchObject([{ id: ours.member.sessionId }]);
  });
});
