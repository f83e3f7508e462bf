/** How far a permission reaches: one's own record, everyone below in the reporting line, or the whole company. */
export const scopes = ["own", "team", "tenant"] as const;
export type Scope = (typeof scopes)[number];

export const permissions = [
  "home:read",
  "people:read",
  "people:write",
  "people:import",
  "people:export",
  "payroll:read",
  "payroll:run",
  "payroll:approve",
  "payslip:read",
  "members:read",
  "members:manage",
] as const;
export type Permission = (typeof permissions)[number];

export const roles = ["owner", "hr-admin", "payroll-manager", "manager", "employee"] as const;
export type Role = (typeof roles)[number];

type Grants = Readonly<Partial<Record<Permission, Scope>>>;

const everyone: Grants = { "home:read": "own", "people:read": "own", "payslip:read": "own" };

/** The built-in roles. A permission that does not stand here is not granted. */
export const roleGrants: Readonly<Record<Role, Grants>> = {
  owner: {
    ...everyone,
    "people:read": "tenant",
    "people:write": "tenant",
    "people:import": "tenant",
    "people:export": "tenant",
    "payroll:read": "tenant",
    "payroll:run": "tenant",
    "payroll:approve": "tenant",
    "members:read": "tenant",
    "members:manage": "tenant",
  },
  "hr-admin": {
    ...everyone,
    "people:read": "tenant",
    "people:write": "tenant",
    "people:import": "tenant",
    "people:export": "tenant",
    "members:read": "tenant",
  },
  "payroll-manager": {
    ...everyone,
    "people:read": "tenant",
    "payroll:read": "tenant",
    "payroll:run": "tenant",
    "payroll:approve": "tenant",
  },
  manager: { ...everyone, "people:read": "team" },
  employee: everyone,
};

export function isRole(text: string): text is Role {
  return roles.some((role) => role === text);
}

/** The widest scope in which any of the roles grants the permission; undefined when none does. */
export function grantedScope(held: readonly Role[], permission: Permission): Scope | undefined {
  const granted = held.map((role) => roleGrants[role][permission]);
  return scopes.findLast((scope) => granted.includes(scope));
}
