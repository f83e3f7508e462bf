import type { Database, TenantDb } from "@atrium/db";
import { addDays, addMonths, billingDayOf, dateColumn, firstDay, lastDay, monthOf, monthsAfter, newId, startOfBillingDay } from "@atrium/kernel";
import type { PlainDate, Plan, Role } from "@atrium/kernel";
import { createMember } from "@atrium/identity/testing";
import { toSealed } from "@atrium/people/testing";
import type { Keyring } from "@atrium/vault";
import { fakeAadhaar, fakeAccount, fakeIfsc, fakePan, fakeUan, personName, pick, seededRandom } from "./people.ts";

/** A company to make. The same plan and day make the same company. */
export interface CompanyPlan {
  readonly slug: string;
  readonly name: string;
  /** Before the number in an employee's code: `ACM0042`. */
  readonly codePrefix: string;
  readonly employees: number;
  readonly seed: number;
  readonly locations: readonly { readonly name: string; readonly state: string }[];
  /** What it has subscribed to, and paid from today for a month. */
  readonly plan: Plan;
  readonly seats: number;
}

/** Who can sign in: `owner@acme.test` and so on, each the employee that stands at this place in the company. */
export const demoAccounts: readonly { readonly name: string; readonly role: Role; readonly place: number }[] = [
  { name: "owner", role: "owner", place: 0 },
  { name: "hr", role: "hr-admin", place: 1 },
  { name: "payroll", role: "payroll-manager", place: 2 },
  { name: "manager", role: "manager", place: 4 },
  { name: "employee", role: "employee", place: 10 },
];

const departments = [
  { name: "Company", designations: ["Managing Director"] },
  { name: "People", designations: ["Head of People", "HR Executive", "Recruiter"] },
  { name: "Finance", designations: ["Payroll Manager", "Accountant", "Analyst"] },
  { name: "Sales", designations: ["Head of Sales", "Account Manager", "Sales Executive"] },
  { name: "Engineering", designations: ["Engineering Manager", "Senior Engineer", "Engineer", "Test Engineer"] },
  { name: "Operations", designations: ["Head of Operations", "Supervisor", "Technician", "Stores Assistant"] },
  { name: "Support", designations: ["Head of Support", "Support Engineer", "Support Executive"] },
] as const;
const heads = departments.length;
const bulk = 1_000;

export interface MadeCompany {
  readonly tenantId: string;
  readonly slug: string;
  /** The payroll manager and the owner, who start and approve the months that have passed. */
  readonly payrollMemberId: string;
  readonly ownerMemberId: string;
}

/** When it is made, and what its sensitive fields are sealed by. */
export interface Circumstances {
  readonly now: Date;
  readonly today: PlainDate;
  readonly keyring: Keyring;
}

/** What is still to be done in the transaction that makes a company. */
export type Afterwards = (db: TenantDb, made: MadeCompany) => Promise<void>;

/**
 * Makes the company with its people, accounts, salaries and whatever is done `afterwards`, in one transaction: a seed that
 * is cut short leaves no half company, which the next one would take for a whole one.
 */
export async function makeCompany(
  database: Database, plan: CompanyPlan, passwordHash: string, clock: Circumstances, afterwards: Afterwards = () => Promise.resolve(),
): Promise<MadeCompany> {
  const tenantId = newId("ten", clock.now.getTime());
  return database.withTenant(
    tenantId,
    async (db) => {
      await db.tenant.create({ data: { id: tenantId, slug: plan.slug, name: plan.name, createdAt: clock.now, ...subscription(plan, clock.now) } });
      const employeeIds = await makeEmployees(db, tenantId, plan, clock);
      await makeSalaries(db, tenantId, plan, employeeIds, clock);
      const members = await makeAccounts(db, tenantId, plan, employeeIds, passwordHash, clock);
      const made = { tenantId, slug: plan.slug, payrollMemberId: members["payroll"] ?? "", ownerMemberId: members["owner"] ?? "" };
      await afterwards(db, made);
      return made;
    },
    { timeoutMs: 120_000 },
  );
}

function subscription({ plan, seats }: CompanyPlan, now: Date) {
  const today = billingDayOf(now);
  return { plan, seats, subscriptionFrom: startOfBillingDay(today), subscriptionUntil: startOfBillingDay(monthsAfter(today, 1)) };
}

async function makeEmployees(db: TenantDb, tenantId: string, plan: CompanyPlan, clock: Circumstances): Promise<readonly string[]> {
  const nowMs = clock.now.getTime();
  const locations = plan.locations.map((location) => ({ ...location, tenantId, id: newId("loc", nowMs) }));
  const departmentIds = departments.map(() => newId("dep", nowMs));
  await db.location.createMany({ data: locations });
  await db.department.createMany({
    data: departments.map(({ name }, i) => ({ tenantId, id: departmentIds[i] ?? "", name, parentId: i === 0 ? null : (departmentIds[0] ?? null) })),
  });
  const ids = Array.from({ length: plan.employees }, () => newId("emp", nowMs));
  const vault = await clock.keyring.vaultOf(db, tenantId);
  const random = seededRandom(plan.seed);
  const rows = ids.map((id, n) => {
    const place = placeOf(n);
    const { joinedOn, leftOn } = employment(n, plan.employees, random, clock.today);
    const account = demoAccounts.find((known) => known.place === n)?.name;
    return {
      tenantId, id, joinedOn: dateColumn(joinedOn), leftOn: leftOn && dateColumn(leftOn),
      code: `${plan.codePrefix}${String(n + 1).padStart(4, "0")}`,
      fullName: personName(n + plan.seed),
      email: `${account ?? personName(n + plan.seed).toLowerCase().replaceAll(/[^a-z0-9]+/g, ".")}@${plan.slug}.test`,
      phone: `+91 90000 ${String(n).padStart(5, "0")}`,
      gender: pick(random, ["female", "male"]),
      dateOfBirth: dateColumn(addDays("1970-01-01", Math.floor(random() * 11_000))),
      designation: place.designation(random),
      departmentId: departmentIds[place.department] ?? "",
      locationId: pick(random, locations).id,
      managerId: place.manager === undefined ? null : (ids[place.manager] ?? null),
      ...toSealed(vault, id, { pan: fakePan(n), uan: fakeUan(n), aadhaar: fakeAadhaar(n), bankAccount: fakeAccount(n) }),
      bankIfsc: fakeIfsc,
      createdAt: clock.now, updatedAt: clock.now,
    };
  });
  for (let from = 0; from < rows.length; from += bulk) await db.employee.createMany({ data: rows.slice(from, from + bulk) });
  return ids;
}

/** The first is the owner, the next lead a department each, then come two leads below each head; the others report to those. */
function placeOf(n: number): { readonly department: number; readonly manager: number | undefined; designation(random: () => number): string } {
  const below = heads - 1;
  const department = n < heads ? n : 1 + ((n - heads) % below);
  const { designations } = departments[department] ?? departments[0];
  const lead = heads + department - 1 + below * (Math.floor((n - heads) / below) % 2);
  const head = n < heads ? 0 : department;
  return {
    department,
    manager: n === 0 ? undefined : n < heads + 2 * below ? head : lead,
    designation: (random) => (n < heads ? designations[0] : pick(random, designations.slice(1))),
  };
}

/** The last few of a company have joined this month or are about to leave, so that a month has something to tell. */
function employment(n: number, of: number, random: () => number, today: PlainDate): { readonly joinedOn: PlainDate; readonly leftOn: PlainDate | null } {
  const month = monthOf(today);
  const fromEnd = of - n;
  if (fromEnd <= 3) return { joinedOn: addDays(firstDay(month), fromEnd * 3), leftOn: null };
  const joinedOn = addDays(firstDay(addMonths(month, -6)), -Math.floor(random() * 3_000));
  if (fromEnd <= 5) return { joinedOn, leftOn: addDays(firstDay(month), 9 + fromEnd) };
  if (fromEnd <= 7) return { joinedOn, leftOn: lastDay(addMonths(month, -1)) };
  return { joinedOn, leftOn: null };
}

async function makeSalaries(db: TenantDb, tenantId: string, plan: CompanyPlan, employeeIds: readonly string[], clock: Circumstances): Promise<void> {
  const random = seededRandom(plan.seed + 1);
  const month = monthOf(clock.today);
  const rows = employeeIds.flatMap((employeeId, n) => {
    const basicRupees = n < heads ? 90_000 + Math.floor(random() * 60) * 1_000 : 12_000 + Math.floor(random() * 56) * 500;
    const salary = (from: string, basic: number) => ({
      tenantId, employeeId, id: newId("sal", clock.now.getTime()), effectiveFrom: dateColumn(firstDay(from)),
      basicMinor: BigInt(basic) * 100n, hraMinor: BigInt(basic) * 40n, allowanceMinor: BigInt(Math.round(basic * 0.3)) * 100n,
      isPfMember: true, createdAt: clock.now,
    });
    // The newest joiner has no salary yet: the month names who blocks it. A few were given a rise from this month on.
    if (n === employeeIds.length - 1) return [];
    const since = addMonths(month, -24);
    return n % 29 === 11 ? [salary(since, basicRupees), salary(month, basicRupees + 3_000)] : [salary(since, basicRupees)];
  });
  for (let from = 0; from < rows.length; from += bulk) await db.salary.createMany({ data: rows.slice(from, from + bulk) });
}

async function makeAccounts(
  db: TenantDb, tenantId: string, plan: CompanyPlan, employeeIds: readonly string[], passwordHash: string, clock: Circumstances,
): Promise<Readonly<Record<string, string>>> {
  const made: Record<string, string> = {};
  for (const { name, role, place } of demoAccounts) {
    // In a company with fewer people some accounts belong to nobody on the payroll.
    const employeeId = employeeIds[place];
    made[name] = await createMember(db, {
      tenantId, passwordHash, now: clock.now, email: `${name}@${plan.slug}.test`, name: personName(place + plan.seed), roles: [role],
      ...(employeeId !== undefined && { employeeId }),
    });
  }
  return made;
}
