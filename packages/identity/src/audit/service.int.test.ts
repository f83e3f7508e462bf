import type { AuditEntry } from "@atrium/api";
import { callAs, inContext, makeMember } from "@atrium/api/testing";
import { Prisma } from "@atrium/db";
import { makeTenant, ownerQuery, testDatabase } from "@atrium/db/testing";
import type { TestDatabase, TestTenant } from "@atrium/db/testing";
import { beforeAll, describe, expect, it } from "vitest";
import type { AuditFilter } from "./contract.ts";
import { SearchAudit } from "./contract.ts";
import { linesQuery } from "./query.ts";
import { auditRouter } from "./router.ts";
import { exportAudit } from "./service.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

const noon = new Date("2026-11-20T06:30:00Z");

/** Writes into the trail as the system, or as whom the options name, at a moment. */
async function write(tenant: TestTenant, entries: readonly AuditEntry[], options: Parameters<typeof inContext>[3] = {}): Promise<void> {
  await inContext(database, tenant, async (ctx) => ctx.audit(...entries), { now: noon, ...options });
}

const changed = (i: number): AuditEntry => ({ action: "employee.update", entityId: `emp_${i}`, before: { title: "Clerk" }, after: { title: "Cashier" } });

async function company() {
  const tenant = await makeTenant();
  const auditor = await makeMember(database, tenant, ["auditor"], { name: "Meera Nair" });
  const { call } = callAs(auditRouter, { database, tenant, member: auditor, now: noon });
  return { tenant, auditor, call };
}

describe("the trail", () => {
  it("comes in pages, the newest first, each row once", async () => {
    const { tenant, call } = await company();
    await write(tenant, Array.from({ length: 7 }, (_, i) => changed(i + 1)));
    const first = await call.search({ limit: 3 });
    const second = await call.search({ limit: 3, after: first.next });
    const third = await call.search({ limit: 3, after: second.next });
    expect([first, second, third].map((page) => page.items.map(({ seq }) => seq))).toEqual([[7, 6, 5], [4, 3, 2], [1]]);
    expect(third.next).toBeNull();
  });

  it("of an empty company is empty", async () => {
    const { call } = await company();
    expect(await call.search({})).toEqual({ items: [], next: null });
    expect(await call.actions()).toEqual([]);
  });

  it("tells who did it, for whom, when by both clocks and from where", async () => {
    const { tenant, auditor, call } = await company();
    await write(tenant, [{ ...changed(1), reason: "promoted" }], { actor: { kind: "system", memberId: auditor.id, name: "Atrium" } });
    expect((await call.search({})).items).toMatchObject([
      {
        seq: 1, at: noon.toISOString(), atLocal: "2026-11-20T12:00:00+05:30", actorKind: "system", actor: { id: null, name: "Atrium" },
        onBehalfOf: { id: auditor.id, name: "Meera Nair" }, action: "employee.update", entity: "employee", entityId: "emp_1", reason: "promoted", address: null,
      },
    ]);
  });

  it("tells what stood before and after, and the row's digests, for one row", async () => {
    const { tenant, call } = await company();
    await write(tenant, [changed(1), { action: "member.sign-in", entityId: "mem_1" }]);
    expect(await call.get({ seq: 1 })).toMatchObject({ before: { title: "Clerk" }, after: { title: "Cashier" }, requestId: "test", prevHash: "0".repeat(64) });
    const second = await call.get({ seq: 2 });
    expect(second).toMatchObject({ before: null, after: null, prevHash: (await call.get({ seq: 1 })).hash });
    await expect(call.get({ seq: 3 })).rejects.toThrow("audit/row-not-found");
  });

  it("is not there for who may not read it, and shows nothing of another company", async () => {
    const [mine, other] = [await company(), await company()];
    await write(other.tenant, [changed(1)]);
    expect((await mine.call.search({ text: "emp" })).items).toEqual([]);
    await expect(mine.call.get({ seq: 99 })).rejects.toThrow("audit/row-not-found");
    const admin = await makeMember(database, mine.tenant, ["hr-admin"]);
    const { call } = callAs(auditRouter, { database, tenant: mine.tenant, member: admin });
    for (const ask of [() => call.search({}), () => call.get({ seq: 1 }), () => call.actions()]) await expect(ask()).rejects.toThrow("permission/missing");
  });
});

describe("a filter finds", () => {
  let tenant: TestTenant;
  let call: Awaited<ReturnType<typeof company>>["call"];
  let asha: Awaited<ReturnType<typeof makeMember>>;
  beforeAll(async () => {
    ({ tenant, call } = await company());
    asha = await makeMember(database, tenant, ["hr-admin"], { name: "Asha Rao" });
    const as = (kind: "member" | "system", requestId: string, now: string) => ({ actor: { kind, memberId: asha.id, name: kind === "member" ? "Asha Rao" : "Atrium" }, requestId, now: new Date(now) });
    await write(tenant, [{ action: "employee.create", entityId: "emp_1", reason: "import imp_1 (50%)" }], as("system", "req_a", "2026-11-18T18:29:59Z"));
    await write(tenant, [{ action: "employee.update", entityId: "emp_1" }], as("member", "req_b", "2026-11-18T18:30:00Z"));
    await write(tenant, [{ action: "employee-import.commit", entityId: "imp_1" }], { requestId: "req_c", now: new Date("2026-11-19T18:29:59Z") });
    await write(tenant, [{ action: "salary.set", entityId: "sal_1" }], { requestId: "req_d", now: new Date("2026-11-19T18:30:00Z") });
  });

  it.each<[string, () => AuditFilter, string[]]>([
    ["what a person did, and what a job did for them", () => ({ actor: asha.id }), ["employee.update", "employee.create"]],
    ["all that begins with a prefix", () => ({ action: "employee." }), ["employee.update", "employee.create"]],
    ["one action", () => ({ action: "salary.set" }), ["salary.set"]],
    ["nothing for a prefix that nothing has", () => ({ action: "payroll" }), []],
    ["one kind of record", () => ({ entity: "employee" }), ["employee.update", "employee.create"]],
    ["one record", () => ({ entity: "employee", entityId: "emp_1" }), ["employee.update", "employee.create"]],
    ["a record by its id alone", () => ({ entityId: "imp_1" }), ["employee-import.commit"]],
    ["a day of the company's clock", () => ({ from: "2026-11-19", to: "2026-11-19" }), ["employee-import.commit", "employee.update"]],
    ["everything up to a day", () => ({ to: "2026-11-18" }), ["employee.create"]],
    ["everything from a day on", () => ({ from: "2026-11-20" }), ["salary.set"]],
    ["what one request did", () => ({ requestId: "req_b" }), ["employee.update"]],
    ["a text in the reason, whatever its signs mean elsewhere", () => ({ text: "(50%)" }), ["employee.create"]],
    ["a text in the action", () => ({ text: "COMMIT" }), ["employee-import.commit"]],
    ["a name", () => ({ text: "asha" }), ["employee.update"]],
    ["what all of several ask", () => ({ actor: asha.id, action: "employee.", from: "2026-11-19" }), ["employee.update"]],
  ])("%s", async (_what, filter, actions) => {
    const { items } = await call.search(filter());
    expect(items.filter(({ action }) => action !== "audit.read").map(({ action }) => action)).toEqual(actions);
  });

  it("the actions that occur", async () => {
    expect((await call.actions()).filter((action) => action !== "audit.read")).toEqual(["employee-import.commit", "employee.create", "employee.update", "salary.set"]);
  });
});

describe("reading the trail is itself written down", () => {
  it("once for a search, whatever pages are turned, and not for leafing through", async () => {
    const { tenant, auditor, call } = await company();
    await write(tenant, Array.from({ length: 5 }, (_, i) => changed(i)));
    await call.search({ limit: 2 });
    const { next } = await call.search({ limit: 2, entity: "employee" });
    await call.search({ limit: 2, entity: "employee", after: next });
    const { items } = await call.search({});
    expect(items.filter(({ action }) => action === "audit.read")).toMatchObject([{ entityId: "trail", actor: { id: auditor.id } }]);
    expect((await call.get({ seq: 6 })).after).toEqual({ entity: "employee" });
  });

  it("by an export once, with its filter, which takes everything with it and runs nothing in a spreadsheet", async () => {
    const { tenant, call } = await company();
    const many = Array.from({ length: 2_003 }, (_, i) => changed(i));
    await write(tenant, [...many, { action: "employee.update", entityId: "emp_x", reason: "=HYPERLINK(1)" }]);
    let after: string | null = null;
    let lines = "";
    do {
      const stretch = await inContext(database, tenant, (ctx) => exportAudit(ctx, { action: "employee." }, after), { now: noon });
      lines += stretch.value.lines;
      after = stretch.value.next;
    } while (after !== null);
    const rows = lines.trimEnd().split("\r\n");
    expect(rows).toHaveLength(2_005);
    expect(rows[0]).toMatch(/^Number,Time \(UTC\),Local time,/);
    expect(rows[1]).toContain(",'=HYPERLINK(1),");
    expect(rows[2]).toContain('"{""title"":""Clerk""}"');
    expect((await call.search({})).items.filter(({ action }) => action === "audit.export")).toHaveLength(1);
  });
});

describe("of 5,000 rows", () => {
  let tenant: TestTenant;
  beforeAll(async () => {
    ({ tenant } = await company());
    const bulk = Array.from({ length: 4_990 }, (_, i) => changed(i));
    await write(tenant, bulk, { actor: { kind: "member", memberId: "mem_1", name: "Asha" } });
    await write(tenant, [{ action: "salary.set", entityId: "sal_1" }], { actor: { kind: "member", memberId: "mem_2", name: "Ravi" }, requestId: "req_rare", now: new Date("2026-11-01T06:30:00Z") });
    await ownerQuery("ANALYZE audit_event");
  });

  it.each<[keyof AuditFilter | "nothing", AuditFilter, string]>([
    ["nothing", {}, "audit_event_tenant_id_seq_key"],
    ["actor", { actor: "mem_2" }, "audit_event_tenant_id_person_seq_idx"],
    ["action", { action: "salary." }, "audit_event_tenant_id_action_seq_idx"],
    ["entityId", { entity: "employee", entityId: "emp_17" }, "audit_event_tenant_id_entity_entity_id_id_idx"],
    ["requestId", { requestId: "req_rare" }, "audit_event_tenant_id_request_id_idx"],
    ["to", { to: "2026-11-02" }, "audit_event_tenant_id_at_idx"],
  ])("a page by %s is read along an index", async (_by, filter, index) => {
    const { value: plan } = await inContext(database, tenant, async (ctx) => {
      const query = await linesQuery(ctx, SearchAudit.parse(filter), undefined, 50);
      return JSON.stringify(await ctx.db.$queryRaw(Prisma.sql`EXPLAIN (FORMAT JSON) ${query}`));
    });
    expect(plan).toContain(index);
    expect(plan).not.toContain('"Seq Scan"');
  });
});
