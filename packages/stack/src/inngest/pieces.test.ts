// The pieces that need no database: durations, cron, expressions, answers of the app, the concurrency gate, signatures.
import { expect, test } from "vitest";
import { nextTick } from "./cron-expression.ts";
import { parseDuration, parseMoment } from "./duration.ts";
import { explainExpression, isSatisfied, keyOf } from "./expression.ts";
import { Gate } from "./gate.ts";
import { isNameMatch } from "./registry.ts";
import { readReply } from "./reply.ts";
import { hashedSigningKey, isAuthorized, signBody } from "./signature.ts";

test.for([["2s", 2_000], ["1m30s", 90_000], ["1h", 3_600_000], ["7d", 604_800_000], ["500ms", 500], ["1w", 604_800_000]] as const)("%s lasts %d ms", ([text, ms]) => {
  expect(parseDuration(text)).toBe(ms);
});

test("what is neither a duration nor a date is no moment", () => {
  expect(parseMoment("2030-01-02T03:04:05.000Z")?.toISOString()).toBe("2030-01-02T03:04:05.000Z");
  expect([parseDuration("1x"), parseDuration(""), parseDuration("1 s"), parseMoment("soon")]).toEqual([undefined, undefined, undefined, undefined]);
});

test("a cron is read in its zone, UTC when it names none, with five fields only", () => {
  const noon = new Date("2026-11-20T12:00:00Z");
  expect(nextTick("0 9 * * *", noon)?.toISOString()).toBe("2026-11-21T09:00:00.000Z");
  expect(nextTick("TZ=Asia/Kolkata 0 9 * * *", noon)?.toISOString()).toBe("2026-11-21T03:30:00.000Z");
  expect([nextTick("* * * * * *"), nextTick("nonsense"), nextTick("TZ=Nowhere/City 0 9 * * *")]).toEqual([undefined, undefined, undefined]);
});

const event = { name: "a", data: { n: 1, text: "x", list: [1, 2] } };
test.for([
  ["event.data.n == 1", true],
  ["event.data.n > 1", false],
  ["event.data.text == 'x' && 2 in event.data.list", true],
  ["event.data.missing == 1", false],
  ["event.data.missing == 1 || event.data.n == 1", true],
  ["event.data.n", false],
] as const)("%s is %s", ([expression, value]) => {
  expect(isSatisfied(expression, { event })).toBe(value);
});

test("a key is text; without its field there is none", () => {
  expect([keyOf("event.data.n", { event }), keyOf("event.data.text", { event }), keyOf('"fixed"', { event })]).toEqual(["1", "x", "fixed"]);
  expect(keyOf("event.data.missing", { event })).toBeUndefined();
  expect(explainExpression("event.data.n ==")).toBeTypeOf("string");
});

test("wildcards end at a slash or a dot", () => {
  const name = "app/user.created";
  expect(["app/*", "app/user.*", name].map((pattern) => isNameMatch(pattern, name))).toEqual([true, true, true]);
  expect(["app/us*", "app/user", "app*"].map((pattern) => isNameMatch(pattern, name))).toEqual([false, false, false]);
});

const sdk = { "x-inngest-sdk": "js:v4" };
test.for([
  ["a value", { status: 200, headers: sdk, text: '{"a":1}' }, { kind: "finished", data: { a: 1 } }],
  ["a stranger's 200", { status: 200, headers: {}, text: "<html>" }, { kind: "rejected", isRetriable: true }],
  ["a failure", { status: 500, headers: { ...sdk, "x-inngest-no-retry": "false" }, text: '{"name":"E","message":"m"}' }, { kind: "rejected", isRetriable: true, error: { name: "E", message: "m" } }],
  ["a final failure", { status: 400, headers: { ...sdk, "x-inngest-no-retry": "true" }, text: '{"name":"E","message":"m"}' }, { kind: "rejected", isRetriable: false }],
  ["a crash", { status: 502, headers: {}, text: "Bad Gateway" }, { kind: "rejected", isRetriable: true, error: { name: "UnexpectedReply" } }],
  ["a time to retry at", { status: 500, headers: { ...sdk, "retry-after": "7" }, text: "{}" }, { kind: "rejected", retryAfterMs: 7_000 }],
  ["a time too far away", { status: 500, headers: { ...sdk, "retry-after": "9999999" }, text: "{}" }, { retryAfterMs: 86_400_000 }],
  ["one step alone", { status: 206, headers: sdk, text: '{"id":"x","op":"StepRun","data":1}' }, { kind: "steps", opcodes: [{ id: "x", op: "StepRun", data: 1 }] }],
  ["steps that are none", { status: 206, headers: sdk, text: "[{}]" }, { kind: "rejected", isRetriable: true }],
  ["the end of a checkpointed run", { status: 206, headers: sdk, text: '[{"id":"x","op":"RunComplete","data":1}]' }, { kind: "finished", data: 1 }],
  ["a streamed answer", { status: 201, headers: sdk, text: '   {"status":200,"headers":{},"body":"5"}' }, { kind: "finished", data: 5 }],
] as const)("an answer with %s is understood", ([, reply, outcome]) => {
  expect(readReply(reply)).toMatchObject(outcome);
});

const call = (runId: string) => ({ runId, stepId: "step", turn: 1, attempt: 0, misses: 0 });
test("the gate lets in as many as its limits allow, and the others in the order they came", () => {
  const gate = new Gate();
  const one = [{ key: "k", limit: 1 }];
  expect(["a", "b", "c"].map((id) => gate.enter(call(id), one))).toEqual([true, false, false]);
  expect(gate.enter(call("a"), one)).toBe(true);
  expect(gate.leave(call("a")).map(({ runId }) => runId)).toEqual(["b"]);
  expect([gate.isInside(call("b")), gate.isInside(call("c"))]).toEqual([true, false]);
  expect(gate.leave(call("stranger"))).toEqual([]);
  expect(gate.leave(call("b")).map(({ runId }) => runId)).toEqual(["c"]);
});

test("the gate holds a call back until all of its limits have a place", () => {
  const gate = new Gate();
  const [k, l] = [{ key: "k", limit: 1 }, { key: "l", limit: 1 }];
  gate.enter(call("a"), [k]);
  gate.enter(call("b"), [l]);
  expect(gate.enter(call("both"), [k, l])).toBe(false);
  expect(gate.leave(call("a"))).toEqual([]);
  expect(gate.leave(call("b")).map(({ runId }) => runId)).toEqual(["both"]);
});

test("a signing key's prefix is kept in the bearer and left out of the signature", () => {
  const hex = "ab".repeat(32);
  expect(isAuthorized(`Bearer ${hashedSigningKey(hex)}`, hex)).toBe(true);
  expect([isAuthorized(undefined, hex), isAuthorized(`Bearer ${hex}`, hex), isAuthorized("Bearer undefined", hex)]).toEqual([false, false, false]);
  expect(hashedSigningKey(`signkey-prod-${hex}`)).toBe(`signkey-prod-${hashedSigningKey(hex)}`);
  expect(signBody({ b: 1, a: 2 }, hex).body).toBe('{"a":2,"b":1}');
});
