import { callAs, inContext, makeMember } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import type { Role } from "@atrium/kernel";
import { beforeAll, describe, expect, it } from "vitest";
import { calendarRouter } from "./router.ts";
import { addSampleCalendar } from "./service.ts";

const now = new Date("2026-11-20T06:00:00Z");
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

async function company(role: Role = "hr-admin") {
  const tenant = await makeTenant();
  const member = await makeMember(database, tenant, [role]);
  return { tenant, ...callAs(calendarRouter, { database, tenant, member, now }) };
}

const diwali = { day: "2026-11-08", name: "Diwali", kind: "public" } as const;
const trailOf = (tenantId: string) => database.withTenant(tenantId, (db) => db.auditEvent.findMany({ orderBy: { seq: "asc" }, select: { action: true } }));

describe("the calendar", () => {
  it("shows one year from its first holiday to its last, and nothing of another company", async () => {
    const [{ call }, theirs] = [await company(), await company()];
    await theirs.call.add(diwali);
    for (const day of ["2026-12-31", "2026-01-01", "2027-01-01", "2025-12-31"]) await call.add({ ...diwali, day });
    expect((await call.list({ year: 2026 })).map(({ day }) => day)).toEqual(["2026-01-01", "2026-12-31"]);
  });

  it("begins with the sample, once however often that is laid in, and keeps what the company has of its own", async () => {
    const { call, tenant } = await company();
    await call.add({ day: "2026-12-25", name: "christmas day", kind: "restricted" });
    const added = await inContext(database, tenant, (ctx) => addSampleCalendar(ctx), { now });
    expect((await inContext(database, tenant, (ctx) => addSampleCalendar(ctx), { now })).value).toBe(0);
    const [thisYear, next] = [await call.list({ year: 2026 }), await call.list({ year: 2027 })];
    expect(thisYear.length + next.length).toBe(added.value + 1);
    expect(thisYear).toContainEqual(expect.objectContaining({ day: "2026-10-02", kind: "public" }));
    expect(thisYear.filter(({ day }) => day === "2026-12-25")).toMatchObject([{ name: "christmas day", kind: "restricted" }]);
  });

  it("takes a holiday, lets it be renamed and removed, and writes each down", async () => {
    const { call, tenant } = await company();
    const { id } = await call.add(diwali);
    expect(await call.rename({ id, name: "Deepavali" })).toEqual({ ...diwali, id, name: "Deepavali" });
    await call.remove({ id });
    expect(await call.list({ year: 2026 })).toEqual([]);
    expect((await trailOf(tenant.id)).map(({ action }) => action)).toEqual(["holiday.add", "holiday.rename", "holiday.remove"]);
  });

  it("has two holidays on one day under two names, and none twice", async () => {
    const { call } = await company();
    await call.add(diwali);
    const { id } = await call.add({ ...diwali, name: "Founder’s day" });
    await expect(call.add({ ...diwali, name: "DIWALI" })).rejects.toMatchObject({ message: "calendar/holiday-exists", code: "CONFLICT" });
    await expect(call.rename({ id, name: "diwali" })).rejects.toMatchObject({ message: "calendar/holiday-exists" });
  });

  it("does not find a holiday of another company", async () => {
    const [ours, theirs] = [await company(), await company()];
    const { id } = await theirs.call.add(diwali);
    await expect(ours.call.rename({ id, name: "Ours" })).rejects.toMatchObject({ message: "calendar/holiday-not-found", code: "NOT_FOUND" });
    await expect(ours.call.remove({ id })).rejects.toMatchObject({ message: "calendar/holiday-not-found" });
    expect(await theirs.call.list({ year: 2026 })).toHaveLength(1);
  });

  it.each([
    { ...diwali, day: "2026-02-30" },
    { ...diwali, day: "8 November" },
    { ...diwali, name: "  " },
    { ...diwali, name: "x".repeat(121) },
  ])("refuses %o", async (holiday) => {
    await expect((await company()).call.add(holiday)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("is read by everybody and changed by few", async () => {
    const { call } = await company("employee");
    expect(await call.list({ year: 2026 })).toEqual([]);
    await expect(call.add(diwali)).rejects.toMatchObject({ message: "permission/missing" });
  });
});
