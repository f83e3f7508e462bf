import { grantsOf, roleGrants, roles } from "@atrium/kernel";
import type { Role, RoleGrants } from "@atrium/kernel";
import { describe, expect, it } from "vitest";
import { refuseRoleChange } from "./rules.ts";

/** A role of the company's own, beside the built-in ones. */
const readerOfPay = "rol_readerofpay";
const known = new Map<string, RoleGrants>([...roles.map((role) => [role, roleGrants[role]] as const), [readerOfPay, { "payroll:read": "tenant" }]]);

const change = (before: readonly string[], after: readonly string[], own: readonly Role[], otherOwners = 1) =>
  refuseRoleChange({ before, after, known, own: grantsOf(own.map((role) => roleGrants[role])), otherOwners });

describe("the last owner", () => {
  it("cannot be made something else", () => {
    expect(change(["owner"], ["employee"], ["owner"], 0)).toBe("member/last-owner");
    expect(change(["owner", "employee"], ["employee"], ["owner"], 0)).toBe("member/last-owner");
  });

  it("can step down once there is another", () => {
    expect(change(["owner"], ["employee"], ["owner"], 1)).toBeUndefined();
  });

  it("can be given more roles and lose others", () => {
    expect(change(["owner", "manager"], ["owner", "hr-admin"], ["owner"], 0)).toBeUndefined();
  });
});

describe("somebody who changes roles", () => {
  it("cannot give what they do not have", () => {
    expect(change(["employee"], ["owner"], ["hr-admin"])).toBe("member/role-beyond-own");
    expect(change(["employee"], ["payroll-manager"], ["hr-admin"])).toBe("member/role-beyond-own");
    expect(change(["employee"], ["hr-admin"], ["manager"])).toBe("member/role-beyond-own");
  });

  it("cannot take away what they do not have", () => {
    expect(change(["owner"], ["employee"], ["hr-admin"])).toBe("member/role-beyond-own");
  });

  it("cannot give in a wider scope than their own", () => {
    expect(change(["employee"], ["hr-admin"], ["manager", "employee"])).toBe("member/role-beyond-own");
  });

  it("can give what their roles allow together, though no one role does", () => {
    expect(change(["employee"], ["employee", "manager"], ["hr-admin"])).toBeUndefined();
    expect(change(["manager"], ["hr-admin", "payroll-manager"], ["hr-admin", "payroll-manager"])).toBeUndefined();
  });

  it("may leave alone what is beyond them", () => {
    expect(change(["owner", "employee"], ["owner", "manager"], ["hr-admin"])).toBeUndefined();
  });

  it("cannot give or take away a role of the company's own that grants more than they have", () => {
    expect(change(["employee"], ["employee", readerOfPay], ["hr-admin"])).toBe("member/role-beyond-own");
    expect(change(["employee", readerOfPay], ["employee"], ["tenant-admin"])).toBe("member/role-beyond-own");
    expect(change(["employee"], ["employee", readerOfPay], ["payroll-manager"])).toBeUndefined();
  });

  it("cannot give a role that nobody knows", () => {
    expect(change(["employee"], ["employee", "rol_gone"], ["owner"])).toBe("member/role-unknown");
  });
});
