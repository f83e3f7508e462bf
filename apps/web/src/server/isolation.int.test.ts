import { checksum, rowsOf, testDatabase } from "@atrium/db/testing";
import { covers, scopes } from "@atrium/kernel";
import type { Permission } from "@atrium/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callers, comeIn, grantsOfCaller, makeMarkedCompany, outOfReach } from "./testing/company.ts";
import type { MarkedCompany } from "./testing/company.ts";
import { callsWith, faultsOf, faultsOfCrossing, grantsOfOne, guarded, open, shownBy } from "./testing/crossing.ts";
import { callProcedure, openTestRuntime } from "./testing/doors.ts";
import { faultOfInput } from "./testing/inputs.ts";

/*
 * Every procedure, called over HTTP with the ids of somebody else: another company's, or a colleague's who is out of reach.
 * Each text of the others carries a mark, so that one byte of them in an answer is seen, and a checksum tells whether
 * anything of theirs has moved. What is called and with what is read from the router, so that a new procedure is tried the
 * moment it exists.
 */

let a: MarkedCompany;
let b: MarkedCompany;
let close: () => void;
beforeAll(async () => {
  close = await openTestRuntime();
  [a, b] = [await makeMarkedCompany("A"), await makeMarkedCompany("B")];
});
afterAll(() => close());

it("every procedure can be called with another company's ids", () => {
  expect(guarded.length).toBeGreaterThan(30);
  expect(guarded.flatMap((procedure) => faultOfInput(procedure, { ids: b.ids, isFull: true }) ?? [])).toEqual([]);
});

it("no sensitive number lies in any table as it was typed", async () => {
  const { rows } = await rowsOf((await testDatabase()).superuserUrl, a.tenant.id);
  const all = Object.entries(rows).flatMap(([table, found]) => found.map((row) => ({ table, row })));
  expect(a.sensitive.length).toBeGreaterThan(20);
  expect(all.length).toBeGreaterThan(50);
  expect(a.sensitive.flatMap((number) => all.filter(({ row }) => row.includes(number)).map(({ table }) => `${table}: ${number}`))).toEqual([]);
});

describe("a call with another company's ids", () => {
  it.each(callers)("by %s shows no byte of that company and moves nothing in it", async (caller) => {
    const before = await checksum(b.tenant.id);
    expect(await faultsOfCrossing({ from: a, into: b, caller })).toEqual([]);
    expect(await checksum(b.tenant.id)).toEqual(before);
  }, 60_000);

  it("at that company's path is refused, to a stranger and to a session of one's own company", async () => {
    const before = await checksum(b.tenant.id);
    const outcomes = new Set<string>();
    for (const { procedure, input, line } of callsWith(b.ids)) {
      const ask = async (cookie: string) => {
        const answer = await callProcedure(procedure, input, { slug: b.tenant.slug, cookie });
        expect(shownBy(`${b.tenant.slug} ${line}`, answer, b)).toEqual([]);
        return answer.code ?? procedure.path;
      };
      outcomes.add(`nobody: ${await ask("")}`);
      outcomes.add(`under one's own name: ${await ask(await comeIn(a, "owner"))}`);
      outcomes.add(`under that company's name: ${await ask(await comeIn(a, "owner", b.tenant.slug))}`);
    }
    expect([...outcomes].toSorted()).toEqual(["nobody: session/missing", "under one's own name: session/missing", "under that company's name: tenant_mismatch"]);
    expect(await checksum(b.tenant.id)).toEqual(before);
  }, 60_000);
});

describe("a call that asks nobody who they are", () => {
  it("shows nothing of the company at whose path it stands, nor of another, and moves nothing in that", async () => {
    const before = await checksum(b.tenant.id);
    for (const { procedure, input, line } of callsWith(b.ids, open)) {
      const there = await callProcedure(procedure, input, { slug: a.tenant.slug });
      expect([line, there.status < 500, shownBy(line, there, b), shownBy(line, there, a)]).toEqual([line, true, [], []]);
    }
    expect(await checksum(b.tenant.id)).toEqual(before);
  });
});

/** Doors whose permission is for one's own, and that open for all to whoever holds another one besides. */
const widenedBy: Readonly<Record<string, Permission>> = {
  // One's own payslip, or anybody's for whoever may see the payroll.
  "payroll.payslip.get": "payroll:read",
};

describe("a call with a colleague's ids who is out of reach", () => {
  const narrow = callers.filter((caller) => Object.values(grantsOfCaller(caller)).some((scope) => scope !== "tenant"));
  // What every call may leave behind: that it was made.
  const traces = new Set(["audit_event", "audit_head", "session", "outbox_event", "tenant", "member"]);
  const rowsAbout = async (ids: readonly string[]) => {
    const { rows } = await rowsOf((await testDatabase()).superuserUrl, a.tenant.id);
    const kept = Object.entries(rows).filter(([table]) => !traces.has(table)).flatMap(([table, found]) => found.map((row) => `${table} ${row}`));
    return kept.filter((row) => ids.some((id) => row.includes(id))).toSorted();
  };

  it.each(narrow)("by %s tells nothing of them and changes nothing about them", async (caller) => {
    const [grants, faults] = [grantsOfOne(caller), new Array<string>()];
    const { ids: never } = outOfReach(a, caller, scopes);
    const before = await rowsAbout(never);
    for (const procedure of guarded) {
      const reach = procedure.permission === undefined ? [] : (grants[procedure.permission] ?? []);
      const wider = widenedBy[procedure.path];
      if (covers(reach, "tenant") || (wider !== undefined && covers(grants[wider], "tenant"))) continue;
      const foreign = outOfReach(a, caller, reach);
      for (const call of callsWith([...foreign.ids, ...a.ids], [procedure])) {
        const answer = await callProcedure(procedure, call.input, { slug: a.tenant.slug, cookie: await comeIn(a, caller) });
        faults.push(...faultsOf(call, answer, foreign));
      }
    }
    expect(faults).toEqual([]);
    expect(before.length).toBeGreaterThan(5);
    expect(await rowsAbout(never)).toEqual(before);
  }, 60_000);
});
