import { makeMember, makeSession } from "@atrium/api/testing";
import { fillTenant, makeTenant, rowsOf, testDatabase } from "@atrium/db/testing";
import type { TestTenant } from "@atrium/db/testing";
import { addMonths, monthOf, newId, permissions, permissionScopes, roleGrants, roles } from "@atrium/kernel";
import type { RoleGrants, Role, Scope } from "@atrium/kernel";
import { makeSalaries, payMonth } from "@atrium/payroll/testing";
import { makeEmployees, makeOrganisation } from "@atrium/people/testing";
import { EmployeeFields } from "@atrium/people/contract";
import { cookieFor } from "./doors.ts";

/** A built-in role, or one of the company's own that grants all it can as far as the caller's department or location. */
export type Caller = Role | "department" | "location";
export const callers: readonly Caller[] = [...roles, "department", "location"];

/** What each kind of caller is granted. */
export const grantsOfCaller = (caller: Caller): RoleGrants => (caller === "department" || caller === "location" ? grantsWithin(caller) : roleGrants[caller]);

function grantsWithin(scope: Scope): RoleGrants {
  const possible = permissions.filter((permission) => permissionScopes[permission].some((one: Scope) => one === scope));
  return { "home:read": "own", ...Object.fromEntries(possible.map((permission) => [permission, scope])) };
}

/** A company with something in every table, whose every free text carries a mark that no other company's has. */
export interface MarkedCompany {
  readonly tenant: TestTenant;
  /** Stands in what is told of people who are in no relation to those who call; another mark stands in everything else. */
  readonly strangersMark: string;
  readonly members: Readonly<Record<Caller, { readonly id: string; readonly roles: readonly string[] }>>;
  /** Every id that occurs in its rows, those of strangers first, and its address name. */
  readonly ids: readonly string[];
  readonly strangersIds: readonly string[];
  /** Texts of which no other company may see a byte: marks and sensitive values. */
  readonly canaries: readonly string[];
}

/** Fills a company by the domains' own doors as far as they go, then whatever tables are still empty. */
export async function makeMarkedCompany(letter: "A" | "B"): Promise<MarkedCompany> {
  const [database, mark, strangersMark] = [await testDatabase(), newMark(), newMark()];
  let count = 0;
  const text = (of = mark) => `canary-${of}-${(count += 1)}`;
  const tenant = await makeTenant({ name: text() });
  // The first member, whom the rows of the tables that are filled below belong to: nobody calls in their name.
  await makeMember(database, tenant, ["employee"], { name: text() });
  const here = await makeOrganisation(database, tenant, { departments: [text()], locations: [text()] });
  const elsewhere = await makeOrganisation(database, tenant, { departments: [text()], locations: [text()] });
  const ids = Array.from({ length: 6 }, () => newId("emp", Date.now()));
  const [manager = "", employee = "", department = "", location = ""] = ids;
  const people = ids.map((id, n) => {
    const of = n < 4 ? mark : strangersMark;
    const person = { code: text(of), fullName: text(of), designation: text(of), email: `${text(of)}@${letter}.test` };
    return { id, ...person, ...(n < 4 ? here : elsewhere), ...numbersOf(letter, n), managerId: id === employee ? manager : null };
  });
  await makeEmployees(database, tenant, here, people);
  await makeSalaries(database, tenant, ids.map((employeeId) => ({ employeeId })));
  const employeeOf: Partial<Record<Caller, string>> = { manager, employee, department, location };
  const members = await eachCaller(async (caller) => {
    const role = caller === "department" || caller === "location" ? await makeRole(tenant.id, text(), grantsWithin(caller)) : caller;
    return makeMember(database, tenant, [role], { name: text(), ...(employeeOf[caller] && { employeeId: employeeOf[caller] }) });
  });
  const period = addMonths(monthOf(new Date().toISOString().slice(0, 10)), -1);
  await payMonth(database, tenant, { period, startedBy: members["payroll-manager"].id, approvedBy: members.owner.id });
  await fillTenant(database.superuserUrl, tenant.id, (_table, column) => (column.includes("email") ? `${text()}@${letter}.test` : text()));
  const found = await rowsOf(database.superuserUrl, tenant.id);
  const strange = Object.values(found.rows).flat().filter((row) => row.includes(strangersMark) || ids.slice(4).some((id) => row.includes(`"employee_id": "${id}"`)));
  const strangersIds = found.ids.filter((id) => strange.some((row) => row.includes(`"id": "${id}"`)));
  const own = people.flatMap(({ pan, uan, aadhaar, bankAccount, phone }) => [pan, uan, aadhaar, bankAccount, phone]);
  const canaries = [mark, strangersMark, tenant.id, ...own];
  return { tenant, strangersMark, strangersIds, members, canaries, ids: [...strangersIds, ...found.ids.filter((id) => !strangersIds.includes(id)), tenant.slug] };
}

/** Nine letters and digits that occur nowhere by chance. */
const newMark = () => newId("mrk", Date.now()).slice(-9);

/** Sensitive numbers, right in form and plainly not real; no two companies and no two people share one. */
function numbersOf(letter: "A" | "B", n: number) {
  const side = letter === "A" ? 7 : 8;
  const beginning = `${side}000000000${n}`;
  const aadhaar = Array.from({ length: 10 }, (_, digit) => `${beginning}${digit}`).find((whole) => EmployeeFields.shape.aadhaar.safeParse(whole).success);
  return { pan: `${letter}AXPZ${n}00${n}${letter}`, uan: `1${beginning}`, aadhaar: aadhaar ?? "", bankAccount: `9${beginning}`, bankIfsc: "TEST0000001", phone: `+91 90000 ${side}000${n}` };
}

async function makeRole(tenantId: string, name: string, grants: RoleGrants): Promise<`rol_${string}`> {
  const [id, now] = [`rol_${newId("rol", Date.now()).slice(4)}` as const, new Date()];
  await (await testDatabase()).withTenant(tenantId, (db) => db.role.create({ data: { tenantId, id, name, grants: { ...grants }, createdAt: now, updatedAt: now } }));
  return id;
}

async function eachCaller<T>(make: (caller: Caller) => Promise<T>): Promise<Record<Caller, T>> {
  const made: Partial<Record<Caller, T>> = {};
  for (const caller of callers) made[caller] = await make(caller);
  const isWhole = (some: Partial<Record<Caller, T>>): some is Record<Caller, T> => callers.every((caller) => caller in some);
  if (!isWhole(made)) throw new Error("A caller has no member.");
  return made;
}

/**
 * A session that has just begun, whatever earlier calls did to the company, the member and their sessions, as the cookie
 * that the browser would send. `shownAt` puts it under another company's name.
 */
export async function comeIn({ tenant, members }: MarkedCompany, caller: Caller, shownAt?: string): Promise<string> {
  const { id, roles: held } = members[caller];
  const sessionId = await (await testDatabase()).withTenant(tenant.id, async (db) => {
    await db.tenant.updateMany({ where: { id: tenant.id }, data: { slug: tenant.slug, status: "active", deletedAt: null, subscriptionUntil: null, requiresMfa: false, requiresSso: false } });
    await db.member.updateMany({ where: { tenantId: tenant.id, id }, data: { status: "active", roles: [...held], sessionEpoch: 0 } });
    return makeSession(db, tenant.id, id);
  });
  return cookieFor({ sessionId, tenantId: tenant.id, tenantSlug: tenant.slug, epoch: 0 }, shownAt);
}
