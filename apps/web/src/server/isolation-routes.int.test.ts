import { checksum } from "@atrium/db/testing";
import { covers } from "@atrium/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callers, comeIn, makeMarkedCompany, outOfReach } from "./testing/company.ts";
import type { MarkedCompany } from "./testing/company.ts";
import { faultsOfAnswer, grantsOfOne, shownBy } from "./testing/crossing.ts";
import { openTestRuntime } from "./testing/doors.ts";
import { callRoute, guardedRoutes, handlersOf, openRoutes, routes, tryOpenRoute } from "./testing/routes.ts";

/* The same for whatever is no procedure: every route handler there is, found in the folders. */

let a: MarkedCompany;
let b: MarkedCompany;
let close: () => void;
const exported = new Map<string, readonly string[]>();
beforeAll(async () => {
  close = await openTestRuntime();
  for (const route of Object.keys(openRoutes)) exported.set(route, Object.keys(await handlersOf(route)));
  [a, b] = [await makeMarkedCompany("A"), await makeMarkedCompany("B")];
});
afterAll(() => close());

const guarded = Object.entries(guardedRoutes);

it("every route handler is known, and what it answers to", async () => {
  expect(routes).toEqual([...Object.keys(guardedRoutes), ...Object.keys(openRoutes)].toSorted());
  for (const [route, { method }] of guarded) expect([route, Object.keys(await handlersOf(route))]).toEqual([route, [method]]);
});

describe("a route handler that asks nobody who they are", () => {
  // Their libraries have their own way with a path; procedures and signing in are tried elsewhere.
  const elsewhere = ["[tenant]/api/auth/[...nextauth]", "[tenant]/api/trpc/[trpc]", "api/inngest"];
  const tried = Object.keys(openRoutes).filter((route) => !elsewhere.includes(route));

  it.each(tried)("%s shows nothing of a company that is asked for, and moves nothing in it", async (route) => {
    const before = await checksum(b.tenant.id);
    const methods = (["GET", "POST"] as const).filter((method) => exported.get(route)?.includes(method) === true);
    expect(methods).toHaveLength(1);
    for (const method of methods) {
      for (const cookie of ["", await comeIn(a, "owner"), await comeIn(a, "employee")]) {
        const answer = await tryOpenRoute(route, method, { slug: b.tenant.slug, ids: b.ids }, { slug: a.tenant.slug, cookie });
        expect([answer.status < 500, shownBy(answer.line, answer, b)]).toEqual([true, []]);
      }
    }
    expect(await checksum(b.tenant.id)).toEqual(before);
  });
});

describe("a route handler", () => {
  it("is closed to nobody in particular, and to a session of another company, whichever name it goes by", async () => {
    const before = await checksum(b.tenant.id);
    for (const [route] of guarded) {
      const ask = async (cookie: string) => {
        const answer = await callRoute(route, b.ids, { slug: b.tenant.slug, cookie });
        const { status, code } = answer;
        expect(shownBy(answer.line, answer, b)).toEqual([]);
        return `${status} ${code ?? ""}`;
      };
      expect([route, await ask(""), await ask(await comeIn(a, "owner")), await ask(await comeIn(a, "owner", b.tenant.slug))]).toEqual([
        route, "401 session/missing", "401 session/missing", "403 tenant_mismatch",
      ]);
    }
    expect(await checksum(b.tenant.id)).toEqual(before);
  });

  it.each(callers)("shows %s no byte of another company whose ids are asked for, and is closed to those without the right", async (caller) => {
    const [before, grants, faults] = [await checksum(b.tenant.id), grantsOfOne(caller), new Array<string>()];
    for (const [route, { permission, needs = [] }] of guarded) {
      const answer = await callRoute(route, b.ids, { slug: a.tenant.slug, cookie: await comeIn(a, caller) });
      faults.push(...faultsOfAnswer(answer.line, answer, b));
      const isLetIn = [permission, ...needs].every((needed) => grants[needed] !== undefined);
      if ((answer.code === "permission/missing") === isLetIn) faults.push(`${answer.line}: was answered with ${answer.code ?? "an answer"}`);
    }
    expect(faults).toEqual([]);
    expect(await checksum(b.tenant.id)).toEqual(before);
  }, 30_000);

  it("tells a narrow caller nothing of a colleague out of reach", async () => {
    const faults: string[] = [];
    for (const caller of ["manager", "employee", "department", "location"] as const) {
      for (const [route, { permission }] of guarded) {
        const reach = grantsOfOne(caller)[permission] ?? [];
        if (covers(reach, "tenant")) continue;
        const foreign = outOfReach(a, caller, reach);
        const answer = await callRoute(route, [...foreign.ids, ...a.ids], { slug: a.tenant.slug, cookie: await comeIn(a, caller) });
        faults.push(...faultsOfAnswer(answer.line, answer, foreign));
      }
    }
    expect(faults).toEqual([]);
  }, 30_000);
});
