import { describe, expect, it } from "vitest";
import { beyond, covers, grantsOf, isPermission, isRole, operatorGrants, operatorRole, permissions, permissionScopes, roleGrants, roles } from "./permissions.ts";

const held = (...names: (typeof roles)[number][]) => grantsOf(names.map((name) => roleGrants[name]));

describe("grants", () => {
  it("a role that does not hold a permission does not grant it", () => {
    expect(held("employee")["payroll:run"]).toBeUndefined();
    expect(grantsOf([])).toEqual({});
  });

  it("several roles reach as far as the widest of them", () => {
    expect(held("employee", "manager")["people:read"]).toEqual(["team"]);
    expect(held("manager", "hr-admin", "employee")["people:read"]).toEqual(["tenant"]);
  });

  it("two scopes of which neither holds the other stand side by side", () => {
    expect(grantsOf([{ "people:read": "team" }, { "people:read": "location" }, { "people:read": "own" }])).toEqual({ "people:read": ["team", "location"] });
  });

  it("the whole company holds every scope, and every scope holds one's own", () => {
    expect(covers(["tenant"], "department")).toBe(true);
    expect(covers(["location"], "own")).toBe(true);
    expect(covers(["location"], "department")).toBe(false);
    expect(covers(["team"], "tenant")).toBe(false);
    expect(covers(undefined, "own")).toBe(false);
  });
});

describe("the built-in roles", () => {
  it("grant each permission in a scope in which it can be granted", () => {
    const odd = roles.flatMap((role) =>
      permissions.filter((permission) => {
        const scope = roleGrants[role][permission];
        const possible: readonly string[] = permissionScopes[permission];
        return scope !== undefined && !possible.includes(scope);
      }),
    );
    expect(odd).toEqual([]);
  });

  it("the auditor reads and changes nothing", () => {
    const writes = Object.keys(roleGrants.auditor).filter((permission) => !/:(read|export|reveal)$/.test(permission));
    expect(writes).toEqual([]);
    expect(roleGrants.auditor["people:reveal"]).toBe("own");
  });

  it("the owner holds everything that concerns a company, and nothing of the platform", () => {
    expect(permissions.filter((permission) => roleGrants.owner[permission] === undefined)).toEqual(["platform:tenants", "platform:support"]);
  });

  it("no role of a company holds anything of the platform, so nobody there can give it", () => {
    const holders = roles.filter((role) => Object.keys(roleGrants[role]).some((permission) => permission.startsWith("platform:")));
    expect(holders).toEqual([]);
    expect(beyond(held("owner"), operatorGrants)).toEqual(["platform:tenants", "platform:support"]);
  });

  it("an operator sees nothing of a company by their role", () => {
    expect(Object.keys(operatorGrants).toSorted()).toEqual(["audit:read", "home:read", "platform:support", "platform:tenants"]);
    expect(isRole(operatorRole)).toBe(false);
  });

  it("nobody reaches further with a role than its giver", () => {
    expect(beyond(held("owner"), roleGrants["payroll-manager"])).toEqual([]);
    expect(beyond(held("tenant-admin"), roleGrants["hr-admin"])).toEqual([]);
    expect(beyond(held("tenant-admin"), roleGrants.owner)).toEqual(["payroll:read", "payroll:run", "payroll:approve"]);
    expect(beyond(held("manager"), { "people:read": "department" })).toEqual(["people:read"]);
  });

  it("are known by their names", () => {
    expect(isRole("owner")).toBe(true);
    expect(isRole("root")).toBe(false);
    expect(isPermission("people:read")).toBe(true);
    expect(isPermission("toString")).toBe(false);
  });
});
