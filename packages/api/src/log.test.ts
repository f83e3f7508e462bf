import { expect, test } from "vitest";
import { z } from "zod";
import { createLogger } from "./log.ts";

function printed(log: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown> {
  const lines: string[] = [];
  log(createLogger("info", { write: (line) => lines.push(line) }));
  expect(lines).toHaveLength(1);
  return z.record(z.string(), z.unknown()).parse(JSON.parse(lines[0] ?? ""));
}

test("a line says what happened, when, and how often", () => {
  const line = printed((log) => log.child({ requestId: "req_01jd3k9v7q8m2n4p6r8t0w" }).info({ path: "people.list", ms: 12, bytes: 123_456_789_012, code: "people/pan-taken" }, "call refused"));
  expect(line).toMatchObject({ level: 30, msg: "call refused", path: "people.list", ms: 12, bytes: 123_456_789_012, code: "people/pan-taken", requestId: "req_01jd3k9v7q8m2n4p6r8t0w" });
  expect(line["time"]).toMatch(/^\d{4}-\d\d-\d\dT/);
});

const secrets = /AAAPA0001A|100000000001|9999 0000 0018|000000001234|hunter2/;

test.each<[what: string, fields: object]>([
  ["a field that is named for it", { input: { changes: { bankAccount: "000000001234" } }, password: "hunter2", deep: [{ Cookie: "hunter2" }] }],
  ["a text that holds one among other words", { detail: "Failing row contains (emp_1, AAAPA0001A, 100000000001, 9999 0000 0018)." }],
  ["an error, its cause and what a library hung on it", {
    err: Object.assign(new Error("AAAPA0001A is there already", { cause: new Error("100000000001") }), { meta: { row: ["000000001234"], token: "hunter2" } }),
  }],
])("%s is not in it", (_what, fields) => {
  const line = printed((log) => log.error(fields, "The row of AAAPA0001A was refused."));
  expect(JSON.stringify(line)).not.toMatch(secrets);
  expect(line["msg"]).toBe("The row of … was refused.");
});

test("an error keeps its kind, its words and where it came from", () => {
  const { err } = printed((log) => log.error({ err: new TypeError("no such thing") }, "failed"));
  expect(err).toMatchObject({ type: "TypeError", message: "no such thing", stack: expect.stringContaining("log.test.ts") });
});
