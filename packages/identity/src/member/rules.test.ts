import type { Role } from "@atrium/kernel";
import { describe, expect, it } from "vitest";
import { refuseRoleChange } from "./rules.ts";

const change = (before: readonly Role[], after: readonly Role[], own: readonly Role[], otherOwners = 1) => refuseRoleChange({ before, after, own, otherOwners });

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
});
