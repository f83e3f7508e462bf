import type { Files } from "@atrium/api";
import { inContext } from "@atrium/api/testing";
import type { Database } from "@atrium/db";
import { checkDigitOf, newId } from "@atrium/kernel";
import type { EmittedEvent } from "@atrium/kernel";
import { createEmployees } from "./employee/service.ts";
import type { EmployeeDraft } from "./employee/service.ts";
import type { ImportWork } from "./import/service.ts";

export { toSealed } from "./employee/sensitive.ts";

/** A number of digits with its check digit behind it. */
export const withCheckDigit = (digits: string): string => `${digits}${checkDigitOf(digits)}`;

export interface TestTenant {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly timeZone: string;
}

export interface TestOrganisation {
  readonly departmentId: string;
  readonly locationId: string;
}

/** What the steps of a job are given, without a job server: the same transactions, and the news in a list. */
export function workAs(database: Database, tenant: TestTenant, files: Files, now = new Date()): ImportWork & { readonly sent: EmittedEvent[] } {
  const sent: EmittedEvent[] = [];
  return {
    files,
    sent,
    inTenant: async (work, limits = {}) => {
      const { value, emitted } = await inContext(database, tenant, work, { now, ...limits });
      sent.push(...emitted);
      return value;
    },
  };
}

/** The named departments and locations, and the ids of the first of each. */
export async function makeOrganisation(
  database: Database,
  tenant: Pick<TestTenant, "id">,
  { departments = ["Engineering"], locations = ["Bengaluru"] }: { readonly departments?: readonly string[]; readonly locations?: readonly string[] } = {},
): Promise<TestOrganisation> {
  const tenantId = tenant.id;
  const now = Date.now();
  const departmentRows = departments.map((name) => ({ tenantId, id: newId("dep", now), name }));
  const locationRows = locations.map((name) => ({ tenantId, id: newId("loc", now), name, state: "KA" }));
  await database.withTenant(tenantId, async (db) => {
    await db.department.createMany({ data: departmentRows });
    await db.location.createMany({ data: locationRows });
  });
  return { departmentId: departmentRows[0]?.id ?? "", locationId: locationRows[0]?.id ?? "" };
}

export type TestEmployee = Partial<EmployeeDraft["fields"]> & { readonly id?: string };

/** Creates these people, in this order, and answers their ids. What is not said is invented by number. */
export async function makeEmployees(database: Database, tenant: TestTenant, place: TestOrganisation, people: readonly TestEmployee[]): Promise<string[]> {
  const { inTenant } = workAs(database, tenant, noFiles);
  const drafts = people.map(({ id = newId("emp", Date.now()), ...fields }, i): EmployeeDraft => {
    const number = String(i + 1).padStart(4, "0");
    const rest = { email: null, phone: null, gender: "undisclosed", dateOfBirth: null, joinedOn: "2024-04-01", leftOn: null, designation: null } as const;
    const money = { pan: null, uan: null, aadhaar: null, bankAccount: null, bankIfsc: null };
    return { id, fields: { code: `E${number}`, fullName: `Person ${number}`, ...rest, ...money, ...place, managerId: null, ...fields } };
  });
  for (let at = 0; at < drafts.length; at += 1_000) {
    await inTenant((ctx) => createEmployees(ctx, drafts.slice(at, at + 1_000), "test"), { timeoutMs: 60_000 });
  }
  return drafts.map(({ id }) => id);
}

const none = (): Promise<never> => Promise.reject(new Error("This test has no files."));
const noFiles: Files = { write: none, read: none, remove: none, list: none };
