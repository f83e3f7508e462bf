import { createHash } from "node:crypto";
import { Redis as UpstashRedis } from "@upstash/redis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startGateway } from "./gateway.ts";
import type { Gateway } from "./gateway.ts";
import { removeHome } from "./home.ts";
import type { Home } from "./home.ts";
import { startRedis } from "./redis.ts";
import type { RedisServer } from "./redis-backend.ts";
import { startStandIn } from "./redis-stand-in.ts";
import { temporaryHome } from "./testing.ts";

const sha1 = (text: string) => createHash("sha1").update(text).digest("hex");
const token = "a-token-for-this-test-alone";

const backends = {
  "a real Redis": async () => {
    const home = await temporaryHome();
    return { redis: await startRedis({ home, password: "a-password-for-tests", isDurable: false }), home };
  },
  "the in-memory stand-in": async (): Promise<{ redis: RedisServer; home: Home | undefined }> => ({
    redis: startStandIn(),
    home: undefined,
  }),
};

describe.each(Object.entries(backends))("the REST door in front of %s", (_name, open) => {
  let gateway: Gateway;
  let redis: RedisServer;
  let home: Home | undefined;
  let client: UpstashRedis;

  beforeAll(async () => {
    ({ redis, home } = await open());
    gateway = await startGateway({ backend: redis.backend, token });
    client = new UpstashRedis({ url: gateway.url, token, enableTelemetry: false });
  });

  afterAll(async () => {
    await gateway.stop();
    await redis.stop();
    if (home !== undefined) removeHome(home);
  });

  const post = (path: string, body: unknown, authorization = `Bearer ${token}`) =>
    fetch(gateway.url + path, { method: "POST", body: JSON.stringify(body), headers: { authorization } });

  test("Upstash's own client reads back what it wrote, in any script", async () => {
    expect(await client.set("greeting", "नमस्ते, ₹1,23,456.00")).toBe("OK");
    expect(await client.get("greeting")).toBe("नमस्ते, ₹1,23,456.00");
    expect(await client.get("nothing")).toBeNull();
    await client.hset("member", { name: "Asha", leaves: 12 });
    expect(await client.hgetall("member")).toEqual({ name: "Asha", leaves: 12 });
    expect(await client.expire("member", 60)).toBe(1);
    expect(await client.ttl("member")).toBeGreaterThan(50);
  });

  test("commands of one turn travel together and each gets its own answer", async () => {
    const answers = await Promise.all([client.set("one", 1), client.incr("one"), client.incrby("one", 5), client.del("one")]);
    expect(answers).toEqual(["OK", 2, 7, 1]);
  });

  test("a transaction answers all of its commands", async () => {
    const answers = await client.multi().set("counter", 5).incrby("counter", 3).get("counter").exec();
    expect(answers).toEqual(["OK", 8, 8]);
  });

  test("scripts run by text and by digest, also those written for Upstash's own server", async () => {
    const source = "local n = redis.call('INCRBY', KEYS[1], ARGV[1])\nreturn {n, 'taken'}";
    const flagged = `#!lua flags=allow-key-locking\n${source}`;
    const script = client.createScript<[number, string]>(flagged);
    expect(await script.exec(["bucket"], ["3"])).toEqual([3, "taken"]);
    expect(await script.exec(["bucket"], ["4"])).toEqual([7, "taken"]);
    const digest = await client.scriptLoad(source);
    expect(await client.evalsha(digest, ["bucket"], ["1"])).toEqual([8, "taken"]);
  });

  test("a digest written for Upstash's server is known once its script has been seen", async () => {
    const flagged = "#!lua flags=allow-key-locking\nreturn ARGV[1]";
    const script = client.createScript<string>(flagged);
    await script.eval([], ["first"]);
    expect(await client.evalsha(sha1(flagged), [], ["second"])).toBe("second");
  });

  test("a command may stand in the path, its options in the query", async () => {
    const headers = { authorization: `Bearer ${token}` };
    const set = await fetch(`${gateway.url}/set/path%20key/a%2Fb?EX=100`, { headers });
    expect(await set.json()).toEqual({ result: "OK" });
    const get = await fetch(`${gateway.url}/get/path%20key`, { headers });
    expect(await get.json()).toEqual({ result: "a/b" });
    expect(await client.ttl("path key")).toBeGreaterThan(90);
  });

  test.each(["/", "/pipeline", "/multi-exec", "/get/text", "/ping"])("%s answers nobody without the token", async (path) => {
    for (const authorization of ["", `Bearer ${token}x`, "Bearer ", token, `Basic ${token}`]) {
      const reply = await post(path, [["PING"]], authorization);
      expect(reply.status).toBe(401);
    }
    expect((await fetch(`${gateway.url}${path}?_token=${token}`)).status).toBe(401);
  });

  test.each([["CONFIG", "GET", "*"], ["FLUSHALL"], ["KEYS", "*"], ["DEBUG", "SLEEP", "1"], ["SHUTDOWN"], ["SCRIPT", "FLUSH"], ["config", "get", "*"]])(
    "%s is not let through, alone or among others",
    async (...command) => {
      expect((await post("/", command)).status).toBe(403);
      expect((await post("/pipeline", [["SET", "sentinel", "touched"], command])).status).toBe(403);
      expect((await post("/multi-exec", [command])).status).toBe(403);
      expect(await client.get("sentinel")).toBeNull();
    },
  );

  test.each([[""], [{}], [[]], [[["nested"]]], [["GET", null]]])("%j is refused as no command", async (body) => {
    expect((await post("/", body)).status).toBe(400);
  });

  test("a body past one megabyte is refused", async () => {
    expect((await post("/", ["SET", "big", "x".repeat(1_000_001)])).status).toBe(413);
  });
});

describe("what only a real Redis refuses", () => {
  let gateway: Gateway;
  let redis: RedisServer;
  let home: Home;

  beforeAll(async () => {
    home = await temporaryHome();
    redis = await startRedis({ home, password: "a-password-for-tests", isDurable: false });
    gateway = await startGateway({ backend: redis.backend, token });
  });

  afterAll(async () => {
    await gateway.stop();
    await redis.stop();
    removeHome(home);
  });

  const post = (path: string, body: unknown) =>
    fetch(gateway.url + path, { method: "POST", body: JSON.stringify(body), headers: { authorization: `Bearer ${token}` } });

  test("a failed command of a pipeline leaves the others alone", async () => {
    const reply = await post("/pipeline", [["SET", "text", "abc"], ["INCR", "text"], ["GET", "text"]]);
    expect(reply.status).toBe(200);
    expect(await reply.json()).toEqual([{ result: "OK" }, { error: expect.stringContaining("not an integer") }, { result: "abc" }]);
  });

  test("a failed command alone answers 400 with Redis' words", async () => {
    await post("/", ["SET", "text", "abc"]);
    const reply = await post("/", ["INCR", "text"]);
    expect(reply.status).toBe(400);
    expect(await reply.json()).toEqual({ error: expect.stringContaining("not an integer") });
  });

  test("a transaction with a command Redis does not understand is refused whole", async () => {
    const reply = await post("/multi-exec", [["SET", "untouched", "1"], ["INCRBY", "untouched"]]);
    expect(reply.status).toBe(400);
    expect(await reply.json()).toEqual({ error: expect.stringContaining("EXECABORT") });
    expect(await (await post("/", ["GET", "untouched"])).json()).toEqual({ result: null });
  });

  test.each(["'FLUSHALL'", "'CONFIG', 'GET', '*'", "'KEYS', '*'"])("a script cannot call %s, which the door refuses too", async (command) => {
    const [reply] = await redis.backend.pipeline([["EVAL", `return redis.call(${command})`, "0"]]);
    expect(reply).toEqual({ error: expect.stringMatching(/not allowed|can't run this command|NOPERM/) });
  });
});
