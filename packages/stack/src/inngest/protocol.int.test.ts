// The wire itself: keys, signatures, refusals, repeated requests, and the life of the server's own rows.
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { freePort } from "../ports.ts";
import { prune } from "./maintenance.ts";
import { Gate } from "./gate.ts";
import { loadRegistry } from "./registry.ts";
import { endedRuns, EVENT_KEY, KEYS, makeClient, serveApp, settled, SIGNING_KEY, silentLog, startBench, startJobsDatabase } from "./testing/harness.ts";
import type { Bench } from "./testing/harness.ts";
import { startInngestServer } from "./server.ts";
import { hashedSigningKey } from "./signature.ts";
import { syncApp } from "./sync.ts";

let bench: Bench;

beforeAll(async () => {
  bench = await startBench((client) => {
    const plain = client.createFunction({ id: "plain", triggers: [{ event: "test/plain" }] }, ({ step }) => step.run("one", () => 1));
    return [plain];
  });
});
afterAll(() => bench.stop());

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${bench.server.url}${path}`, { method: "POST", body: JSON.stringify(body), headers });
  const json: unknown = await response.json();
  return { status: response.status, json };
}

const runCount = async () => (await bench.database.pool.query("select from inngest.runs where function_id = 'app-plain'")).rowCount;

test("events are taken only with the right key", async () => {
  expect(await post("/e/wrong", [{ name: "test/plain" }])).toMatchObject({ status: 401, json: { status: 401, error: "Event key not found" } });
  await expect(makeClient(bench.server.url, { eventKey: "wrong-key" }).send({ name: "test/plain" })).rejects.toThrow("Event key not found");
  expect(await runCount()).toBe(0);
});

test("an event without a name is refused in words", async () => {
  expect(await post(`/e/${EVENT_KEY}`, [{ name: "" }])).toEqual({ status: 400, json: { ids: [""], status: 400, error: "event name is empty" } });
  const broken = await fetch(`${bench.server.url}/e/${EVENT_KEY}`, { method: "POST", body: "{" });
  expect(broken.status).toBe(400);
});

test("a request sent again with the same seed gets the same ids and starts nothing twice", async () => {
  const headers = { "x-inngest-event-id-seed": `${String(Date.now())},${Buffer.from("0123456789").toString("base64")}` };
  const events = [{ name: "test/plain", data: {} }, { name: "test/plain", data: {} }];
  const first = await post(`/e/${EVENT_KEY}`, events, headers);
  await settled(bench.database);
  const second = await post(`/e/${EVENT_KEY}`, events, headers);
  await settled(bench.database);
  expect(second).toEqual(first);
  expect(new Set(z.object({ ids: z.array(z.ulid()) }).parse(first.json).ids).size).toBe(2);
  expect(await endedRuns(bench.database, "plain", 2)).toHaveLength(2);
});

test("the ids follow the reference's arithmetic on the seed", async () => {
  const headers = { "x-inngest-event-id-seed": `1700000000000,${Buffer.alloc(10).toString("base64")}` };
  const { json } = await post(`/e/${EVENT_KEY}`, [{ name: "test/other" }, { name: "test/other" }], headers);
  expect(json).toEqual({ ids: ["01HF7YAT000000000000000001", "01HF7YAT000000000000000002"], status: 200 });
});

test("registration and run state are open only to the signing key", async () => {
  const wrong = { authorization: `Bearer ${hashedSigningKey("ab".repeat(32))}` };
  expect(await post("/fn/register", { appName: "app", url: "http://127.0.0.1/", functions: [] }, wrong)).toMatchObject({ status: 401, json: { status: 401 } });
  const [run] = await endedRuns(bench.database, "plain");
  const path = `${bench.server.url}/v0/runs/${run?.id ?? ""}/actions`;
  expect((await fetch(path)).status).toBe(401);
  const actions: unknown = await (await fetch(path, { headers: { authorization: `Bearer ${hashedSigningKey(SIGNING_KEY)}` } })).json();
  expect(Object.values(z.record(z.string(), z.unknown()).parse(actions))).toEqual([{ data: 1 }]);
});

test("an app with another signing key refuses to be synced", async () => {
  const stranger = makeClient(bench.server.url, { signingKey: "cd".repeat(32) }, "stranger");
  const strange = stranger.createFunction({ id: "f", triggers: [{ event: "test/stranger" }] }, () => 1);
  const app = await serveApp(stranger, [strange]);
  expect(await bench.server.syncApp(app.serveUrl)).toMatchObject({ ok: false, isReachable: true });
  await app.stop();
});

test("an app that is not there is told from one that refuses", async () => {
  const port = await freePort();
  expect(await syncApp(`http://127.0.0.1:${String(port)}/api/inngest`, SIGNING_KEY)).toMatchObject({ ok: false, isReachable: false });
});

test.for([
  ["throttle", { throttle: { limit: 1, period: "1m" } }],
  ["rateLimit", { rateLimit: { limit: 1, period: "1m" } }],
  ["debounce", { debounce: { period: "1m" } }],
  ["batchEvents", { batchEvents: { maxSize: 2, timeout: "5s" } }],
  ["priority", { priority: { run: "1" } }],
  ["singleton", { singleton: { mode: "skip" } }],
  ["timeouts", { timeouts: { finish: "1h" } }],
  ["event.data ==", { idempotency: "event.data ==" }],
] as const)("a function that asks for %s is refused by name, and nothing of its app changes", async ([key, options]) => {
  const client = makeClient(bench.server.url);
  const innocent = client.createFunction({ id: "innocent", triggers: [{ event: "test/innocent" }] }, () => 1);
  const greedy = client.createFunction({ id: "greedy", triggers: [{ event: "test/greedy" }], ...options }, () => 1);
  const app = await serveApp(client, [innocent, greedy]);
  const synced = await bench.server.syncApp(app.serveUrl);
  await app.stop();
  expect(synced).toMatchObject({ ok: false, isReachable: true });
  expect(synced.ok ? "" : synced.error).toContain('"app-greedy"');
  expect(synced.ok ? "" : synced.error).toContain(key);
  expect((await bench.database.pool.query("select id from inngest.functions where removed_at is null")).rows).toEqual([{ id: "app-plain" }]);
});

test("an app that expects another kind of server is refused", async () => {
  const headers = { authorization: `Bearer ${hashedSigningKey(SIGNING_KEY)}`, "x-inngest-expected-server-kind": "dev" };
  expect(await post("/fn/register", { appName: "app", url: "x", functions: [] }, headers)).toMatchObject({ status: 400, json: { status: 400 } });
});

test("a second server on the same database is refused", async () => {
  await expect(startInngestServer({ databaseUrl: bench.database.url, ...KEYS, log: silentLog })).rejects.toThrow("Another Inngest server");
});

test("a server never listens beyond the machine", async () => {
  await expect(startInngestServer({ databaseUrl: bench.database.url, ...KEYS, host: "0.0.0.0", log: silentLog })).rejects.toThrow("one machine only");
});

test("a start that fails half-way leaves the database free for the next", async () => {
  const database = await startJobsDatabase();
  const options = { databaseUrl: database.url, ...KEYS, log: silentLog };
  await expect(startInngestServer({ ...options, port: bench.server.port })).rejects.toThrow("EADDRINUSE");
  await (await startInngestServer(options)).stop();
  await database.stop();
});

test("pruning deletes what ended long ago and keeps the rest", async () => {
  const { pool } = bench.database;
  await pool.query("update inngest.runs set ended_at = now() - interval '15 days' where id = (select min(id) from inngest.runs)");
  const before = (await pool.query("select from inngest.runs")).rowCount ?? 0;
  const settings = { workers: 1, retryIntervalMs: undefined, retentionDays: 14 };
  await prune({ pool, log: silentLog, keys: KEYS, settings, registry: await loadRegistry(pool), gate: new Gate(), fail: () => undefined });
  expect((await pool.query("select from inngest.runs")).rowCount).toBe(before - 1);
});
