import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { bucketKey, tenantPrefix } from "./keys.ts";
import { hastyRedis } from "./store.ts";
import type { RedisDoor } from "./store.ts";
import { admittedOf, burst, makeHouse } from "./testing.ts";

const real = { url: inject("restUrl"), token: inject("restToken") };
const store = hastyRedis({ ...real, budgetMs: 20_000 });

/** Passes every question on to the real door, and counts them. */
let asked = 0;
const counter = createServer((request, response) => {
  asked += 1;
  const body: Buffer[] = [];
  request.on("data", (chunk: Buffer) => body.push(chunk));
  request.on("end", () => {
    const headers = Object.entries(request.headers).flatMap(([name, value]) => (typeof value === "string" && !["host", "connection", "content-length"].includes(name) ? [[name, value] as const] : []));
    void fetch(real.url + (request.url ?? "/"), { method: "POST", headers: Object.fromEntries(headers), body: Buffer.concat(body) }).then(async (answer) => {
      response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
    });
  });
});
let redis: RedisDoor;
beforeAll(async () => {
  await new Promise<void>((resolve) => counter.listen(0, "127.0.0.1", resolve));
  const address = counter.address();
  redis = { url: `http://127.0.0.1:${String(typeof address === "object" && address !== null ? address.port : 0)}`, token: real.token, budgetMs: 20_000 };
});
afterAll(() => {
  counter.closeAllConnections();
  counter.close();
});

/** Runs `work` and answers how often Redis was asked meanwhile. */
async function questions(work: () => Promise<unknown>): Promise<number> {
  const before = asked;
  await work();
  return asked - before;
}

describe("a hot company", () => {
  it("decides nearly all of its requests without a question to Redis", async () => {
    const { process, publish, clock } = makeHouse(redis);
    await publish(600_000);
    const decide = process();
    const count = await questions(async () => {
      for (let round = 0; round < 1_000; round += 1) {
        expect((await decide()).outcome).toBe("admitted");
        clock.pass(2);
      }
    });
    // Two seconds, and a loan every half of one, after a few questions in which nothing was known of the rate.
    expect(count).toBeLessThan(20);
  });

  it("is never let through twice for the same token, in whatever order loans are taken, spent and returned", async () => {
    const { process, publish, clock } = makeHouse(redis);
    await publish(3_000);
    const processes = [process(), process(), process()];
    const admitted: number[] = [];
    for (let step = 0; step < 300; step += 1) {
      const decide = processes[step % 3] ?? process();
      const many = step % 11 < 3 ? 900 : 12 + ((step * 37) % 90);
      const verdicts = await burst(decide, many, (index) => ({ userId: `mem_${String(index % 3)}` }));
      for (let count = admittedOf(verdicts); count > 0; count -= 1) admitted.push(clock.now());
      // Now and then so long that a loan has ended before anybody thought of returning it, and the bucket is full again.
      clock.pass(step % 11 === 10 ? 61_000 : step % 5 === 0 ? 1_050 : (step * 61) % 400);
    }
    // An ideal bucket that is asked for just these never runs dry: then in no stretch of time were there too many.
    let [level, at, least] = [3_000, admitted[0] ?? 0, 3_000];
    for (const moment of admitted) {
      level = Math.min(3_000, level + ((moment - at) * 3_000) / 60_000) - 1;
      at = moment;
      least = Math.min(least, level);
    }
    expect(least).toBeGreaterThanOrEqual(-0.001);
    expect(admitted.length).toBeGreaterThan(20_000);
  });
});

describe("a loan", () => {
  async function hot(perMinute: number) {
    const house = makeHouse(redis);
    await house.publish(perMinute);
    const decide = house.process();
    const warmUp = async (requests: number) => {
      for (let count = 0; count < requests; count += 1) {
        await decide();
        house.clock.pass(2);
      }
    };
    return { ...house, decide, warmUp };
  }

  it("that is not used goes back", async () => {
    const { decide, warmUp, clock, process } = await hot(60_000);
    await warmUp(200);
    const before = await process()({ userId: "mem_2" });
    clock.pass(850);
    await decide();
    clock.pass(120_000);
    const after = await process()({ userId: "mem_3" });
    const left = (verdict: typeof after) => verdict.buckets[0]?.remaining ?? 0;
    expect(left(after)).toBe(59_999);
    expect(left(before)).toBeLessThan(60_000 - 200 + 1);
  });

  it("dies with its process, and for one second costs no more than what was left of it", async () => {
    const { warmUp, clock, process } = await hot(60_000);
    // Nothing of this process is heard again: its clock runs, and nobody does what it planned.
    await warmUp(100);
    const another = process();
    const whileHeld = (await another({ userId: "mem_2" })).buckets[0]?.remaining ?? 0;
    clock.pass(1_000);
    clock.pass(60_000);
    const later = (await another({ userId: "mem_2" })).buckets[0]?.remaining ?? 0;
    expect(60_000 - whileHeld).toBeLessThan(100 + 1_000);
    expect(later).toBe(59_999);
  });

  it("that nobody returns is found however late the next one asks", async () => {
    const { warmUp, tenantId } = await hot(60_000);
    await warmUp(100);
    const keys = (["minute", "hour"] as const).map((name) => bucketKey(tenantPrefix(tenantId), name));
    for (const key of keys) {
      const [bucket, loans] = [await store.pttl(key), await store.pttl(`${key}:held`)];
      expect(bucket).toBeGreaterThan(0);
      expect(loans).toBeGreaterThan(bucket);
    }
  });

  it("counts against the bucket for as long as it may be spent", async () => {
    const { publish, process, clock } = makeHouse(redis);
    await publish(3_000);
    const [holder, others] = [process({ neverLater: true }), process()];
    for (let count = 0; count < 11; count += 1) {
      await holder();
      clock.pass(30);
    }
    // Time enough for the bucket to be as full as it may be.
    clock.pass(500);
    const drained = admittedOf(await burst(others, 4_000, (index) => ({ userId: `mem_${String(2 + (index % 3))}` })));
    const spent = admittedOf(await burst(holder, 100));
    expect(spent).toBeGreaterThan(0);
    expect(drained + spent).toBeLessThanOrEqual(3_000);
  });

  it("gives nothing back once its second is over: the bucket was refilled in its place", async () => {
    const { publish, process, clock } = makeHouse(redis);
    await publish(3_000);
    const [sleeper, others] = [process({ neverLater: true }), process()];
    for (let count = 0; count < 100; count += 1) {
      await sleeper();
      clock.pass(2);
    }
    clock.pass(61_000);
    expect(admittedOf(await burst(others, 4_000, (index) => ({ userId: `mem_${String(2 + (index % 3))}` })))).toBe(3_000);
    expect(admittedOf(await burst(sleeper, 100))).toBe(0);
    expect(admittedOf(await burst(process(), 100, () => ({ userId: "mem_9" })))).toBe(0);
  });

  it("is never more than flows in while it lasts, and nothing where little is left", async () => {
    const { decide, warmUp } = await hot(600);
    await warmUp(150);
    // Half of 600 is one member's share: past nine tenths of it every request is asked for.
    const count = await questions(async () => {
      await warmUp(120);
    });
    expect(count).toBeGreaterThan(12);
    const last = await questions(async () => {
      for (let rest = 0; rest < 20; rest += 1) await decide();
    });
    expect(last).toBeGreaterThanOrEqual(20);
  });

  it.each(["payroll", "payslips", "report", "import", "sign-in"] as const)("is never made for %s", async (routeClass) => {
    const { process, publish } = makeHouse(redis);
    await publish(600_000);
    const decide = process();
    const address = crypto.randomUUID();
    const count = await questions(async () => {
      expect((await decide({ routeClass, address, account: "a" })).outcome).toBe("admitted");
      expect((await decide({ routeClass, address, account: "a" })).outcome).toBe("admitted");
    });
    expect(count).toBe(2);
  });
});

it("what was refused a moment ago is refused again without a question, until limits may have changed", async () => {
  const { process, publish, clock } = makeHouse(redis);
  await publish(60);
  const decide = process();
  await burst(decide, 40);
  const count = await questions(async () => {
    const verdicts = await burst(decide, 500);
    expect(admittedOf(verdicts)).toBe(0);
    expect(verdicts[0]).toMatchObject({ outcome: "refused", violated: ["user"] });
  });
  expect(count).toBe(0);
  clock.pass(1_000);
  expect(await questions(() => decide())).toBeGreaterThan(0);
});
