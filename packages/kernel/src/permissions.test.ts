import { describe, expect, test } from "vitest";
import { grantedScope, isRole, permissions, roleGrants, roles, scopes } from "./permissions.ts";
import type { Permission, Role, Scope } from "./permissions.ts";

describe("the widest scope of all roles held counts", () => {
  test.each<[held: Role[], permission: Permission, scope: Scope | undefined]>([
    [["employee"], "people:read", "own"],
    [["manager"], "people:read", "team"],
    [["employee", "manager"], "people:read", "team"],
    [["manager", "employee"], "people:read", "team"],
    [["manager", "hr-admin", "employee"], "people:read", "tenant"],
    [["hr-admin", "payroll-manager"], "payroll:run", "tenant"],
    [["hr-admin"], "payroll:run", undefined],
    [["employee"], "members:manage", undefined],
    [[], "home:read", undefined],
  ])("%j holds %s for %s", (held, permission, scope) => {
    expect(grantedScope(held, permission)).toBe(scope);
  });

  test("one more role never takes anything away", () => {
    const width = (scope: Scope | undefined) => (scope === undefined ? -1 : scopes.indexOf(scope));
    for (const one of roles) {
      for (const two of roles) {
        for (const permission of permissions) {
          const both = width(grantedScope([one, two], permission));
          expect(both).toBe(Math.max(width(grantedScope([one], permission)), width(grantedScope([two], permission))));
        }
      }
    }
  });
});

test("nobody but the owner and the payroll manager touches payroll, and nobody reads all payslips", () => {
  for (const role of roles) {
    const mayRun = role === "owner" || role === "payroll-manager";
    expect(grantedScope([role], "payroll:run")).toBe(mayRun ? "tenant" : undefined);
    expect(grantedScope([role], "payroll:approve")).toBe(mayRun ? "tenant" : undefined);
    expect(roleGrants[role]["payslip:read"]).toBe("own");
  }
});

test("a role is one of the list, whatever an object would answer to", () => {
  expect(roles.every(isRole)).toBe(true);
  for (const text of ["", "admin", "Owner", "toString", "__proto__"]) expect(isRole(text)).toBe(false);
});
