import { describe, expect, test } from "vitest";
import { actionsWith, isAlarming, isFiltered, told } from "./rules.ts";

test.each([
  [{}, false],
  [{ text: "" }, false],
  [{ actor: undefined }, false],
  [{ from: "2026-11-01" }, true],
  [{ text: "pan" }, true],
])("%j asks for something in particular: %s", (filter, isAsked) => {
  expect(isFiltered(filter)).toBe(isAsked);
});

test("what is told of a filter is what was set", () => {
  expect(told({ text: "", actor: undefined, from: "2026-11-01" })).toEqual({ from: "2026-11-01" });
});

test("a prefix means the actions that begin with it", () => {
  const actions = ["employee.create", "employee.update", "employee-import.commit"];
  expect(actionsWith("employee.", actions)).toEqual(["employee.create", "employee.update"]);
  expect(actionsWith("employee", actions)).toEqual(actions);
  expect(actionsWith("salary.", actions)).toEqual([]);
});

describe("an alarm is raised", () => {
  const fault = { kind: "changed", seq: 3, id: "aud_1" } as const;
  test.each([
    [{ fault: null, forgedAnchors: [] }, false],
    [{ fault, forgedAnchors: [] }, true],
    [{ fault: null, forgedAnchors: ["ten_1/audit-anchors/1.json"] }, true],
  ])("by %j: %s", (findings, isRaised) => {
    expect(isAlarming(findings)).toBe(isRaised);
  });
});
