import { checksum, rowsOf, testDatabase } from "@atrium/db/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { comeIn, makeMarkedCompany } from "./testing/company.ts";
import type { MarkedCompany } from "./testing/company.ts";
import { guarded, shownBy } from "./testing/crossing.ts";
import { callProcedure, openTestRuntime } from "./testing/doors.ts";
import { inputFor } from "./testing/inputs.ts";

/* One's own record with a reference into another company: everything in the input is right but one id, each in its turn. */

let a: MarkedCompany;
let b: MarkedCompany;
let close: () => void;
beforeAll(async () => {
  close = await openTestRuntime();
  [a, b] = [await makeMarkedCompany("A"), await makeMarkedCompany("B")];
});
afterAll(() => close());

const prefixOf = (id: string) => id.slice(0, 4);

/** The same input as often as it names a record, each time with another company's record in one place. */
function exchanged(input: unknown, own: readonly string[], theirs: readonly string[]): readonly unknown[] {
  const text = JSON.stringify(input ?? null);
  const places = [...text.matchAll(/"([a-z]{3}_[0-9a-z]{22})"/g)].filter(([, id = ""]) => own.includes(id));
  return places.flatMap(({ 0: whole, 1: id = "", index }): unknown[] => {
    const other = theirs.find((one) => prefixOf(one) === prefixOf(id));
    return other === undefined ? [] : [JSON.parse(`${text.slice(0, index)}"${other}"${text.slice(index + whole.length)}`)];
  });
}

it("no record of one company ever comes to name a record of another", async () => {
  const before = await checksum(b.tenant.id);
  const faults: string[] = [];
  let tried = 0;
  for (const procedure of guarded) {
    const made = inputFor(procedure, { ids: a.ids, isFull: true });
    for (const input of exchanged(made?.input, a.ids, b.ids)) {
      const answer = await callProcedure(procedure, input, { slug: a.tenant.slug, cookie: await comeIn(a, "owner") });
      const line = `${procedure.path} ${JSON.stringify(input)}`;
      faults.push(...shownBy(line, answer, b).map((text) => `${line} shows ${text}`), ...(answer.status >= 500 ? [`${line} breaks with ${answer.code ?? "nothing"}`] : []));
      tried += 1;
    }
  }
  expect(faults).toEqual([]);
  expect(tried).toBeGreaterThan(30);
  expect(await checksum(b.tenant.id)).toEqual(before);
  // The trail may say what was asked for; whatever else is kept may not.
  const { rows } = await rowsOf((await testDatabase()).superuserUrl, a.tenant.id);
  const kept = Object.entries(rows).filter(([table]) => table !== "audit_event").flatMap(([table, found]) => found.map((row) => `${table} ${row}`));
  expect(kept.filter((row) => b.ids.some((id) => row.includes(id)))).toEqual([]);
}, 60_000);
