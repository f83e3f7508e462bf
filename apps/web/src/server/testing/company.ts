import { makeMember, makeSession } from "@atrium/api/testing";
import { fillTenant, makeTenant, rowsOf, testDatabase } from "@atrium/db/testing";
import type { TestTenant } from "@atrium/db/testing";
import { addMonths, monthOf, newId, permissions, permissionScopes, planTerms, roleGrants, roles } from "@atrium/kernel";
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

/** One of a company's people. What is told of them carries a mark of their own. */
interface Person {
  readonly id: string;
  readonly mark: string;
  /** Their record, and whatever belongs to it. */
  readonly ids: readonly string[];
}

/** A company with something in every table, whose every free text carries a mark that no other company's has. */
export interface MarkedCompany {
  readonly tenant: TestTenant;
  readonly people: readonly Person[];
  readonly members: Readonly<Record<Caller, { readonly id: string; readonly roles: readonly string[] }>>;
  /** Every id that occurs in its rows, and its address name. */
  readonly ids: readonly string[];
  /** The numbers that are sealed, as they were typed. */
  readonly sensitive: readonly string[];
  /** Texts of which no other company may see a byte: marks and sensitive values. */
  readonly canaries: readonly string[];
}

/** Fills a company by the domains' own doors as far as they go, then whatever tables are still empty. */
export async function makeMarkedCompany(letter: "A" | "B"): Promise<MarkedCompany> {
  const [database, mark] = [await testDatabase(), newMark()];
  let count = 0;
  const text = (of = mark) => `canary-${of}-${(count += 1)}`;
  const tenant = await makeTenant({ name: text() });
  // The first member, whom the rows of the tables that are filled below belong to: nobody calls in their name.
  const [first, firstsMark] = [await makeMember(database, tenant, ["employee"], { name: text() }), newMark()];
  const here = await makeOrganisation(database, tenant, { departments: [text()], locations: [text()] });
  const elsewhere = await makeOrganisation(database, tenant, { departments: [text()], locations: [text()] });
  const persons = places.map((place) => ({ id: newId("emp", Date.now()), mark: newMark(), place }));
  const drafts = persons.map(({ id, mark: of, place }, n) => {
    const told = { code: text(of), fullName: text(of), designation: text(of), email: `${text(of)}@${letter}.test` };
    return { id, ...told, ...(place === "elsewhere" ? elsewhere : here), ...numbersOf(letter, n), managerId: place === "employee" ? (persons[0]?.id ?? null) : null };
  });
  await makeEmployees(database, tenant, here, drafts);
  await makeSalaries(database, tenant, persons.map(({ id }) => ({ employeeId: id })));
  const employeeOf = (caller: Caller) => persons.find(({ place }) => place === caller)?.id;
  const members = await eachCaller(async (caller) => {
    const role = caller === "department" || caller === "location" ? await makeRole(tenant.id, text(), grantsWithin(caller)) : caller;
    return makeMember(database, tenant, [role], { name: text(), ...(employeeOf(caller) !== undefined && { employeeId: employeeOf(caller) ?? "" }) });
  });
  const period = addMonths(monthOf(new Date().toISOString().slice(0, 10)), -1);
  await payMonth(database, tenant, { period, startedBy: members["payroll-manager"].id, approvedBy: members.owner.id });
  await fillTenant(database.superuserUrl, tenant.id, (_table, column) => (column.includes("email") ? `${text()}@${letter}.test` : text()));
  const { rows, ids } = await rowsOf(database.superuserUrl, tenant.id);
  const memberOf = (id: string) => callers.map((caller) => members[caller]).find(({ employeeId }) => employeeId === id)?.id;
  const people = [...persons, { id: first.id, mark: firstsMark }].map(({ id, mark: of }) => {
    // What belongs to them as employees, then as the members that they are: their sessions, their passkeys.
    const belongs = [of, `"employee_id": "${id}"`, `"member_id": "${memberOf(id) ?? id}"`];
    const about = Object.values(rows).flat().filter((row) => belongs.some((text) => row.includes(text)));
    return { id, mark: of, ids: ids.filter((one) => about.some((row) => row.includes(`"id": "${one}"`))) };
  });
  const sensitive = drafts.flatMap(({ pan, uan, aadhaar, bankAccount }) => [pan, uan, aadhaar, bankAccount]);
  const canaries = [mark, ...persons.map((person) => person.mark), tenant.id, ...sensitive, ...drafts.map(({ phone }) => phone)];
  return { tenant, people, members, sensitive, canaries, ids: [...ids, tenant.slug] };
}

/** Who each of the people is: those who call, all in one place, and two who are in no relation to any of them. */
const places = ["manager", "employee", "department", "location", "elsewhere", "elsewhere"] as const;

/** Those of the people whom a caller has nothing to do with by a permission that is held in these scopes. */
export function outOfReach({ people }: MarkedCompany, caller: Caller, scopes: readonly Scope[]): { readonly ids: readonly string[]; readonly canaries: readonly string[] } {
  const reached = new Set<string>([caller]);
  // Whoever leads somebody is named to them.
  if (caller === "employee") reached.add("manager");
  if (scopes.includes("team") && caller === "manager") reached.add("employee");
  if (scopes.includes("department") || scopes.includes("location")) for (const place of places) if (place !== "elsewhere") reached.add(place);
  const out = people.filter((_person, n) => !reached.has(places[n] ?? "elsewhere"));
  return { ids: out.flatMap(({ ids }) => ids), canaries: out.map(({ mark }) => mark) };
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
    const open = { status: "active", deletedAt: null, subscriptionUntil: null, cancelledAt: null, requiresMfa: false, requiresSso: false };
    const whole = { plan: "enterprise", seats: planTerms.enterprise.seats, isTrial: false, nextPlan: null, nextSeats: null, nextPlanAt: null };
    await db.tenant.updateMany({ where: { id: tenant.id }, data: { ...open, ...whole } });
    await db.member.updateMany({ where: { tenantId: tenant.id, id }, data: { status: "active", roles: [...held], sessionEpoch: 0 } });
    return makeSession(db, tenant.id, id);
  });
  return cookieFor({ sessionId, tenantId: tenant.id, tenantSlug: tenant.slug, epoch: 0 }, shownAt);
}
