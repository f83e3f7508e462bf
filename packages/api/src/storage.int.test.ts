import { makeTenant, testDatabase } from "@atrium/db/testing";
import { planTerms } from "@atrium/kernel";
import { expect, it } from "vitest";
import type { Ctx } from "./context.ts";
import { assertRoomFor, forgetFile, noteFile, storedBytes } from "./storage.ts";
import { inContext } from "./testing.ts";

const database = await testDatabase();
const room = planTerms.free.storageBytes;

interface Plans {
  readonly plan: "free" | "starter";
  readonly nextPlan?: "free";
  readonly nextSeats?: number;
  readonly nextPlanAt?: Date;
}

async function company(data: Plans = { plan: "free" }) {
  const tenant = await makeTenant();
  await database.withTenant(tenant.id, (db) => db.tenant.updateMany({ where: { id: tenant.id }, data }));
  const within = async <T>(work: (ctx: Ctx) => Promise<T>): Promise<T> => (await inContext(database, tenant, work)).value;
  return { within, note: (key: string, bytes: number) => within((ctx) => noteFile(ctx, key, bytes)) };
}

const full = { code: "storage/full", kind: "payment-required", detail: { params: { plan: "free", gigabytes: 1 } } };

it("files are kept up to the last byte that the plan has room for, and no further", async () => {
  const { within, note } = await company();
  await note("large", room - 10);
  await note("small", 10);
  await expect(note("one-byte", 1)).rejects.toMatchObject(full);
  expect(await within(storedBytes)).toBe(room);
});

it("a smaller plan that is planned has its room filled no further", async () => {
  const { note } = await company({ plan: "starter", nextPlan: "free", nextSeats: 5, nextPlanAt: new Date("2100-01-01T00:00:00Z") });
  await note("large", room);
  await expect(note("one-byte", 1)).rejects.toMatchObject(full);
});

it("room is there again when a file is gone, however often that is said", async () => {
  const { within, note } = await company();
  await note("large", room);
  await expect(within((ctx) => assertRoomFor(ctx, 1))).rejects.toMatchObject(full);
  await within((ctx) => forgetFile(ctx, "large"));
  await within((ctx) => forgetFile(ctx, "large"));
  await within((ctx) => assertRoomFor(ctx, room));
  expect(await within(storedBytes)).toBe(0);
});

it("of several that would fill the last room at the same moment one does", async () => {
  const { within } = await company();
  const [keys, begun, all] = [["a", "b", "c"], new Set<string>(), Promise.withResolvers<undefined>()];
  const noted = await Promise.allSettled(
    keys.map((key) =>
      within(async (ctx) => {
        if (begun.add(key).size === keys.length) all.resolve(undefined);
        await all.promise;
        await noteFile(ctx, key, room - 1);
      }),
    ),
  );
  expect(noted.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await within(storedBytes)).toBe(room - 1);
});

it("one company's files take no room of another's", async () => {
  const [ours, theirs] = [await company(), await company()];
  await theirs.note("large", room);
  await ours.note("large", room);
  await ours.within((ctx) => forgetFile(ctx, "large"));
  expect(await theirs.within(storedBytes)).toBe(room);
});
