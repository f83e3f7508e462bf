import { grantsOf, roleGrants } from "@atrium/kernel";
import { describe, expect, it } from "vitest";
import { CreateRole } from "./contract.ts";
import { beyondChange } from "./rules.ts";

const admin = grantsOf([roleGrants["tenant-admin"]]);
const manager = grantsOf([roleGrants.manager]);

describe("somebody who makes roles", () => {
  it("can give all that they have, and as far", () => {
    expect(beyondChange({ after: roleGrants["hr-admin"], own: admin })).toEqual([]);
    expect(beyondChange({ after: { "people:read": "team" }, own: manager })).toEqual([]);
  });

  it("cannot give what they do not have, or farther than they have it", () => {
    expect(beyondChange({ after: { "payroll:approve": "tenant", "audit:read": "tenant" }, own: admin })).toEqual(["payroll:approve"]);
    expect(beyondChange({ after: { "people:read": "location" }, own: manager })).toEqual(["people:read"]);
  });

  it("cannot touch a role that grants more than they have, not even to make it less", () => {
    expect(beyondChange({ before: { "payroll:run": "tenant" }, after: {}, own: admin })).toEqual(["payroll:run"]);
    expect(beyondChange({ before: { "payroll:run": "tenant" }, own: admin })).toEqual(["payroll:run"]);
  });
});

describe("a role as it is sent", () => {
  const problemsOf = (grants: unknown): readonly string[] => CreateRole.safeParse({ name: "Auditor of Pune", grants }).error?.issues.map(({ message }) => message) ?? [];

  it("always opens the home page", () => {
    expect(CreateRole.parse({ name: " Timekeeper ", grants: { "time:read": "tenant" } })).toEqual({
      name: "Timekeeper", description: "", grants: { "time:read": "tenant", "home:read": "own" },
    });
  });

  it("is refused with a permission that the house does not know", () => {
    expect(problemsOf({ "people:erase": "tenant" })).toEqual(["role/permission-unknown"]);
    // Of the operators' own permissions no company can give one.
    expect(problemsOf({ "platform:tenants": "tenant" })).toEqual(["role/permission-unknown"]);
  });

  it("is refused with a scope that the permission cannot have, or that is none", () => {
    expect(problemsOf({ "payroll:run": "team", "people:write": "own" })).toEqual(["role/scope-impossible", "role/scope-impossible"]);
    expect(problemsOf({ "people:read": "everything" })).toEqual(["role/scope-impossible"]);
  });

  it("needs a name of at most sixty letters", () => {
    expect(CreateRole.safeParse({ name: "  ", grants: {} }).error?.issues[0]?.message).toBe("role/name-missing");
    expect(CreateRole.safeParse({ name: "x".repeat(61), grants: {} }).error?.issues[0]?.message).toBe("role/name-too-long");
  });
});
