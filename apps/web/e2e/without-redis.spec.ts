import type { APIRequestContext, APIResponse } from "@playwright/test";
import { openHome } from "@atrium/stack";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { doorOf } from "./harness/accounts.ts";
import type { House } from "./harness/env.ts";
import { launchHouse } from "./harness/launch.ts";
import { makeOwnCompany } from "./harness/own-company.ts";
import { expect, test } from "./harness/test.ts";

/** The process of the house's Redis at this moment. */
async function redisOf({ folder }: House): Promise<number> {
  const { serviceDir } = await openHome(folder);
  return Number(readFileSync(join(serviceDir, "redis", "redis.pid"), "utf8"));
}

test("while Redis is frozen, and once it was killed, people go on reading, nobody guesses a secret, and all of it comes back by itself", async ({ atrium }) => {
  test.setTimeout(150_000);
  // A house of its own: the others' tests sign people in.
  const house = await launchHouse(atrium.password, { ATRIUM_REDIS_BUDGET_MS: "150" });
  try {
    const company = await makeOwnCompany(house);
    const door = await doorOf(house, company.slug, company.ownerEmail);
    const api = `/${company.slug}/api`;
    const read = () => timed(() => door.get(`${api}/trpc/identity.session.me`));
    const guess = () => door.post(`${api}/auth/callback/credentials`, { form: { email: company.ownerEmail, password: "a guess", json: "true" }, maxRedirects: 0 });
    const { answer: usual } = await read();
    expect([usual.status(), (await guess()).status()]).toEqual([200, 200]);

    process.kill(await redisOf(house), "SIGSTOP");
    await expectReadsAlone(read);
    await expectRefused(await guess());
    await expectRefused(await door.get(`${api}/people/imports/sample`));
    expect((await door.get(`/${company.slug}/people`)).status()).toBe(200);
    process.kill(await redisOf(house), "SIGCONT");
    await expectBack(door, guess, api);

    process.kill(await redisOf(house), "SIGKILL");
    await expectReadsAlone(read);
    await expectBack(door, guess, api);
    await door.dispose();
    await company.close();
  } finally {
    await house.stop();
  }
});

async function timed(ask: () => Promise<APIResponse>) {
  const began = performance.now();
  const answer = await ask();
  return { answer, ms: performance.now() - began };
}

/** Each is answered, most as fast as ever: Redis is waited for only now and then, and never longer than its budget. */
async function expectReadsAlone(read: () => ReturnType<typeof timed>): Promise<void> {
  const all: number[] = [];
  for (let count = 0; count < 20; count += 1) {
    const { answer, ms } = await read();
    expect(answer.status()).toBe(200);
    expect(answer.headers()["ratelimit"]).toContain('"minute"');
    all.push(ms);
  }
  expect(all.toSorted((one, other) => one - other)[10]).toBeLessThan(300);
}

async function expectRefused(answer: APIResponse): Promise<void> {
  expect([answer.status(), answer.headers()["content-type"]]).toEqual([503, "application/problem+json"]);
  expect(Number(answer.headers()["retry-after"])).toBeGreaterThan(0);
  expect(await answer.text()).toContain("limits/unavailable");
}

/** Whatever needs Redis is answered again after a while. */
async function expectBack(door: APIRequestContext, guess: () => Promise<APIResponse>, api: string): Promise<void> {
  await expect.poll(async () => (await guess()).status(), { timeout: 30_000, intervals: [1_000] }).toBe(200);
  await expect.poll(async () => (await door.get(`${api}/people/imports/sample`)).status(), { timeout: 30_000, intervals: [1_000] }).toBe(200);
}
