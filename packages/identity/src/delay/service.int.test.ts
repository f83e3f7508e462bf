import { inContext } from "@atrium/api/testing";
import { makeTenant, testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import { AppError } from "@atrium/kernel";
import { beforeAll, describe, expect, it } from "vitest";
import { assertMayTry, recordSuccess, sweepFailures } from "./service.ts";
import type { Try } from "./service.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

const start = new Date("2026-11-20T09:00:00Z");
const at = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const asha: Try = { act: "password", account: "asha@acme.test" };
const ravi: Try = { act: "password", account: "ravi@acme.test" };

async function company() {
  const tenant = await makeTenant();
  const from = (address: string) => ({
    tries: (tried: Try, seconds = 0) => assertMayTry({ database, address, now: at(seconds) }, tenant.id, tried),
    succeeds: (tried: Try) => recordSuccess({ database, address, now: start }, tenant.id, tried),
  });
  return { tenant, from, home: from("192.0.2.1"), elsewhere: from("192.0.2.2") };
}

const times = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const refused = (seconds: number) => ({ code: "session/too-many-tries", kind: "too-early", detail: { params: { seconds } } });

describe("the growing delay", () => {
  it("begins after five failures, and each failure after a wait makes the next one longer", async () => {
    const { home } = await company();
    for (const _ of times(5)) await home.tries(asha);
    await expect(home.tries(asha)).rejects.toMatchObject(refused(1));
    await home.tries(asha, 1);
    await expect(home.tries(asha, 1)).rejects.toMatchObject(refused(2));
    await home.tries(asha, 3);
    await expect(home.tries(asha, 3)).rejects.toMatchObject(refused(4));
  });

  it("does not grow by tries that were refused", async () => {
    const { home } = await company();
    for (const _ of times(5)) await home.tries(asha);
    for (const _ of times(20)) await home.tries(asha).catch(() => undefined);
    await home.tries(asha, 1);
  });

  it("does not reach the same person at another address, nor another person at the same", async () => {
    const { home, elsewhere } = await company();
    for (const _ of times(5)) await home.tries(asha);
    await elsewhere.tries(asha);
    await home.tries(ravi);
  });

  it("does not reach the same person in another company", async () => {
    const [ours, theirs] = [await company(), await company()];
    for (const _ of times(5)) await ours.home.tries(asha);
    await theirs.home.tries(asha);
  });

  it("counts one account however its address is written", async () => {
    const { home } = await company();
    for (const account of ["asha@acme.test", "ASHA@acme.test", " asha@ACME.test", "Asha@acme.test", "asha@acme.test "]) await home.tries({ act: "password", account });
    await expect(home.tries(asha)).rejects.toMatchObject(refused(1));
  });

  it("counts whoever changes from one IPv6 address of their network to the next as one", async () => {
    const { from } = await company();
    for (const host of times(5)) await from(`2001:db8:7:1::${host.toString(16)}`).tries(asha);
    await expect(from("2001:db8:7:1:aaaa:bbbb:cccc:dddd").tries(asha)).rejects.toMatchObject(refused(1));
    await from("2001:db8:7:2::1").tries(asha);
  });

  it("slows an address that tries one password on many accounts, and only that address", async () => {
    const { home, elsewhere } = await company();
    for (const person of times(50)) await home.tries({ act: "password", account: `person-${person}@acme.test` });
    await expect(home.tries(ravi)).rejects.toMatchObject(refused(1));
    await elsewhere.tries(ravi);
  });

  it("lets no more of a hundred tries at the same moment through than of a hundred in a row", async () => {
    const { home } = await company();
    const answers = await Promise.allSettled(times(100).map(() => home.tries(asha)));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
  });
});

describe("a success", () => {
  it("forgives the account's failures from there", async () => {
    const { home } = await company();
    for (const _ of times(5)) await home.tries(asha);
    await home.succeeds(asha);
    for (const _ of times(5)) await home.tries(asha);
    await expect(home.tries(asha)).rejects.toMatchObject(refused(1));
  });

  it("forgives nothing from another address, and no other proof", async () => {
    const { home, elsewhere } = await company();
    for (const _ of times(5)) await home.tries(asha);
    await elsewhere.succeeds(asha);
    await home.succeeds({ ...asha, act: "second-factor" });
    await expect(home.tries(asha)).rejects.toMatchObject(refused(1));
  });

  it("takes back one of the address's failures and no more, so that nobody wipes them out with an account of their own", async () => {
    const { home } = await company();
    for (const person of times(49)) await home.tries({ act: "password", account: `person-${person}@acme.test` });
    await home.tries(asha);
    await home.succeeds(asha);
    await home.tries(asha);
    await expect(home.tries(ravi)).rejects.toMatchObject(refused(1));
  });
});

it("makes nobody stumble over those who try and succeed at the same moment", async () => {
  const { home } = await company();
  for (const _ of times(5)) {
    const outcomes = await Promise.allSettled([asha, ravi].flatMap((person) => times(4).flatMap(() => [home.succeeds(person), home.tries(person)])));
    // Being told to wait is no stumbling.
    expect(outcomes.filter((outcome) => outcome.status === "rejected" && !(outcome.reason instanceof AppError))).toEqual([]);
    for (const person of [asha, ravi]) await home.succeeds(person);
  }
});

it("keeps neither the account nor the address in words, and forgets both after a day", async () => {
  const { tenant, home } = await company();
  await home.tries(asha);
  const rows = await database.withTenant(tenant.id, (db) => db.signInFailure.findMany());
  expect(rows.map(({ key }) => /^[0-9a-f]{64}$/.test(key))).toEqual([true, true]);
  const sweep = async (seconds: number) => (await inContext(database, tenant, sweepFailures, { now: at(seconds) })).value;
  expect(await sweep(24 * 3600)).toBe(0);
  expect(await sweep(24 * 3600 + 1)).toBe(2);
});
