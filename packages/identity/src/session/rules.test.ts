import { permissions, roles } from "@atrium/kernel";
import { expect, it } from "vitest";
import { grantsOf } from "./rules.ts";

it("grants nothing to somebody without a role", () => {
  expect(grantsOf([])).toEqual({});
});

it("takes the widest scope that any of the roles gives", () => {
  expect(grantsOf(["employee", "manager"])).toMatchObject({ "people:read": "team" });
  expect(grantsOf(["employee", "manager", "hr-admin"])).toMatchObject({ "people:read": "tenant" });
});

it("adds up what several roles allow", () => {
  const together = grantsOf(["hr-admin", "payroll-manager"]);
  expect(together).toMatchObject({ "people:write": "tenant", "payroll:run": "tenant" });
  expect(together).not.toHaveProperty("members:manage");
});

it("knows no permission that is not one of the house", () => {
  expect(Object.keys(grantsOf(roles)).filter((name) => !permissions.some((known) => known === name))).toEqual([]);
});
