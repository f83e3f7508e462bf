import { checksum } from "@atrium/db/testing";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { callers, comeIn, makeMarkedCompany } from "./testing/company.ts";
import type { Caller, MarkedCompany } from "./testing/company.ts";
import { guarded, shownBy } from "./testing/crossing.ts";
import { callProcedure, openTestRuntime } from "./testing/doors.ts";
import { inputFor } from "./testing/inputs.ts";

/*
 * Two companies at work at the same moment, over the few connections of one process: whatever is called, with whosever ids
 * and in whatever order, neither sees a byte of the other, and a burst of one alone moves nothing in the other.
 */

let companies: Readonly<Record<"A" | "B", MarkedCompany>>;
let close: () => void;
beforeAll(async () => {
  close = await openTestRuntime();
  companies = { A: await makeMarkedCompany("A"), B: await makeMarkedCompany("B") };
});
afterAll(() => close());

interface Step {
  readonly by: "A" | "B";
  readonly caller: Caller;
  /** Which of the procedures. */
  readonly procedure: number;
  /** Whose ids are sent. */
  readonly idsOf: "A" | "B";
  readonly isFull: boolean;
}

const side = fc.constantFrom("A" as const, "B" as const);
const step: fc.Arbitrary<Step> = fc.record({ by: side, caller: fc.constantFrom(...callers), procedure: fc.nat({ max: guarded.length - 1 }), idsOf: side, isFull: fc.boolean() });

/** Takes one step and answers what of the other company it was shown. */
async function take({ by, caller, procedure: index, idsOf, isFull }: Step): Promise<readonly string[]> {
  const [own, other] = by === "A" ? [companies.A, companies.B] : [companies.B, companies.A];
  const procedure = guarded[index];
  const made = procedure && inputFor(procedure, { ids: companies[idsOf].ids, isFull });
  if (!procedure || !made) return [];
  const answer = await callProcedure(procedure, made.input, { slug: own.tenant.slug, cookie: await comeIn(own, caller) });
  return shownBy(JSON.stringify(made.input ?? null), answer, other).map((text) => `${by}'s ${caller} was shown ${text} by ${procedure.path}`);
}

const runs = { numRuns: 12, endOnFailure: true } as const;

it("two companies that work at the same moment see nothing of each other", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 24 }), async (steps) => {
      expect((await Promise.all(steps.map(take))).flat()).toEqual([]);
    }),
    runs,
  );
}, 60_000);

it("one company, whatever it does at once and with whosever ids, moves nothing in the other", async () => {
  await fc.assert(
    fc.asyncProperty(side, fc.array(step, { minLength: 8, maxLength: 16 }), async (by, steps) => {
      const still = companies[by === "A" ? "B" : "A"].tenant.id;
      const before = await checksum(still);
      expect((await Promise.all(steps.map((each) => take({ ...each, by })))).flat()).toEqual([]);
      expect(await checksum(still)).toEqual(before);
    }),
    runs,
  );
}, 60_000);
