/**
 * How far a permission reaches: one's own record, everyone below in the reporting line, one's own department with those
 * below it, one's own location, or the whole company. Each includes oneself.
 */
export const scopes = ["own", "team", "department", "location", "tenant"] as const;
export type Scope = (typeof scopes)[number];

const anyScope = scopes;
const ownOnly = ["own"] as const;
const wholeCompany = ["tenant"] as const;

/** Every permission of the house, with the scopes in which it can be granted. */
export const permissionScopes = {
  "home:read": ownOnly,
  "people:read": anyScope,
  "people:write": ["department", "location", "tenant"],
  "people:import": wholeCompany,
  "people:export": ["team", "department", "location", "tenant"],
  /** Sees a sensitive field in full. */
  "people:reveal": anyScope,
  "payroll:read": wholeCompany,
  "payroll:run": wholeCompany,
  "payroll:approve": wholeCompany,
  "payslip:read": ownOnly,
  "time:read": wholeCompany,
  "time:write": wholeCompany,
  "members:read": wholeCompany,
  "members:manage": wholeCompany,
  "roles:read": wholeCompany,
  "roles:manage": wholeCompany,
  /** How people sign in: second factors, lengths of sessions, single sign-on, domains, access of our support. */
  "security:read": wholeCompany,
  "security:manage": wholeCompany,
  "audit:read": wholeCompany,
  "audit:export": wholeCompany,
  "billing:read": wholeCompany,
  "billing:manage": wholeCompany,
  /** Renames, exports and deletes the company. */
  "company:manage": wholeCompany,
  /** Of our own operators: the list of all companies, and asking one of them for a look. */
  "platform:tenants": wholeCompany,
  "platform:support": wholeCompany,
} as const satisfies Readonly<Record<`${string}:${string}`, readonly Scope[]>>;

export type Permission = keyof typeof permissionScopes;
export const permissions = Object.keys(permissionScopes).filter(isPermission);

export function isPermission(text: string): text is Permission {
  return Object.hasOwn(permissionScopes, text);
}

/** The built-in roles of a company, which makes others of permissions. */
export const roles = ["owner", "tenant-admin", "hr-admin", "payroll-manager", "manager", "employee", "auditor"] as const;
export type Role = (typeof roles)[number];

/** The one role of the platform's own tenant. In a company it grants nothing, and no company's role grants anything there. */
export const operatorRole = "operator";

export function isRole(text: string): text is Role {
  return roles.some((role) => role === text);
}

/** What one role grants: a permission that does not stand here is not granted. */
export type RoleGrants = Readonly<Partial<Record<Permission, Scope>>>;

/** What several roles grant together: two scopes of which neither holds the other stand side by side. */
export type Grants = Readonly<Partial<Record<Permission, readonly Scope[]>>>;

const everyone: RoleGrants = { "home:read": "own", "people:read": "own", "people:reveal": "own", "payslip:read": "own", "time:read": "tenant" };

const inTenant = (...granted: readonly Permission[]): RoleGrants => Object.fromEntries(granted.map((permission) => [permission, "tenant"]));

const peopleWork = inTenant("people:read", "people:write", "people:import", "people:export", "people:reveal", "time:write", "members:read", "roles:read");
const administration = inTenant(
  "members:read", "members:manage", "roles:read", "roles:manage", "security:read", "security:manage",
  "audit:read", "audit:export", "billing:read", "billing:manage", "company:manage",
);
const payrollWork = inTenant("people:read", "payroll:read", "payroll:run", "payroll:approve");

export const roleGrants: Readonly<Record<Role, RoleGrants>> = {
  owner: { ...everyone, ...peopleWork, ...payrollWork, ...administration },
  // Nobody gives what they do not have, so whoever makes HR admins can do what those can. Pay stays with others.
  "tenant-admin": { ...everyone, ...peopleWork, ...administration },
  "hr-admin": { ...everyone, ...peopleWork },
  "payroll-manager": { ...everyone, ...payrollWork },
  manager: { ...everyone, "people:read": "team" },
  employee: everyone,
  auditor: {
    ...everyone,
    ...inTenant("people:read", "payroll:read", "members:read", "roles:read", "security:read", "audit:read", "audit:export", "billing:read"),
  },
};

/** Whether a permission that is held in these scopes reaches as far as the asked one. */
export function covers(held: readonly Scope[] | undefined, asked: Scope): boolean {
  if (held === undefined || held.length === 0) return false;
  return asked === "own" || held.includes(asked) || held.includes("tenant");
}

/** One's own session, the list of companies, and the trail of what operators did. Nothing of any company. */
export const operatorGrants: RoleGrants = { "home:read": "own", ...inTenant("platform:tenants", "platform:support", "audit:read") };

/** Every permission that these roles grant together, each with its widest scopes. */
export function grantsOf(held: readonly RoleGrants[]): Grants {
  return Object.fromEntries(
    permissions.flatMap((permission) => {
      const reach = widest(held.flatMap((role) => role[permission] ?? []));
      return reach.length === 0 ? [] : [[permission, reach]];
    }),
  );
}

function widest(held: readonly Scope[]): readonly Scope[] {
  if (held.includes("tenant")) return ["tenant"];
  const wider = scopes.filter((scope) => scope !== "own" && held.includes(scope));
  return wider.length > 0 || held.length === 0 ? wider : ["own"];
}

/** The permissions of `asked` that somebody with these grants does not hold, or not as far. Nobody may give those. */
export function beyond(held: Grants, asked: RoleGrants): readonly Permission[] {
  return permissions.filter((permission) => {
    const scope = asked[permission];
    return scope !== undefined && !covers(held[permission], scope);
  });
}
