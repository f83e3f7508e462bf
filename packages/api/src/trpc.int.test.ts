import { makeTenant, testDatabase } from "@atrium/db/testing";
import { AppError, defineEvent } from "@atrium/kernel";
import type { Role } from "@atrium/kernel";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { TestDatabase } from "@atrium/db/testing";
import type { Ctx } from "./context.ts";
import { callAs, makeMember } from "./testing.ts";
import { router, tenantProcedure } from "./trpc.ts";

const noted = defineEvent("test/note.written", z.object({ tenantId: z.string(), noteId: z.string() }));

/** A row that every company may write: its audit trail. */
async function write(ctx: Ctx, noteId: string): Promise<string> {
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
  count: tenantProcedure("members:manage").query(({ ctx }) => ctx.db.auditEvent.count()),
});

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
    expect(await call.count()).toBe(1);
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
});
