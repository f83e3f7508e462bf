import { slugSkeleton } from "@atrium/kernel";
import { expect, test } from "vitest";
import { faultFrom } from "./faults.ts";
import { makeTenant, testDatabase } from "./testing.ts";

const { withTenant } = await testDatabase();

test.each(["i1l0-modern-vvindow", "r-nv-v", "corner-10-1i", "barn-owl-v-v-rrn", "vvvrnn00ii11"])("the database and the kernel see the same in %s", async (slug) => {
  const { id } = await makeTenant({ slug });
  const tenant = await withTenant(id, (db) => db.tenant.findUniqueOrThrow({ where: { id }, select: { slugSkeleton: true } }));
  expect(tenant.slugSkeleton).toBe(slugSkeleton(slug));
});

test("of two address names that look alike, asked for in the same moment, one is given", async () => {
  const outcomes = await Promise.allSettled(["first-mover", "flrst-rnover", "f1rstmover"].map((slug) => makeTenant({ slug })));
  const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [faultFrom(outcome.reason)] : []));
  expect(refused).toEqual([
    { kind: "unique", target: "tenant_slug_skeleton_key" },
    { kind: "unique", target: "tenant_slug_skeleton_key" },
  ]);
});
