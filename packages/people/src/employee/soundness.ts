import type { Ctx } from "@atrium/api";
import { refusal } from "@atrium/kernel";
import type { FieldError } from "@atrium/kernel";
import type { Vault } from "@atrium/vault";
import { employeeErrors } from "./contract.ts";
import type { FullFields } from "./record.ts";
import { markOf } from "./sensitive.ts";

interface Existing {
  readonly id: string;
  readonly before: FullFields;
}

/**
 * Refuses what the database would refuse less kindly: a code, PAN or Aadhaar that another person has, a department,
 * location or manager that is not there, a manager who stands below. Throws `people/employee-invalid` with all of them at
 * once.
 */
export async function assertSound(ctx: Ctx, existing: Existing | undefined, after: FullFields, found: readonly FieldError[]): Promise<void> {
  const fields = [...found, ...(await takenElsewhere(ctx, existing, after)), ...(await unknownPlaces(ctx, after)), ...(await managerFaults(ctx, existing, after))];
  if (fields.length > 0) throw refusal(employeeErrors, "people/employee-invalid", { fields });
}

interface Holder {
  readonly code: string;
  readonly fullName: string;
  readonly hasCode: boolean;
  readonly hasPan: boolean;
  readonly hasAadhaar: boolean;
}

async function takenElsewhere(ctx: Ctx, existing: Existing | undefined, after: FullFields): Promise<FieldError[]> {
  const { code } = after;
  const vault = await ctx.vault();
  const [pan, aadhaar] = (["pan", "aadhaar"] as const).map((field) => newMark(vault, field, existing, after));
  const holders = await ctx.db.$queryRaw<Holder[]>`
    SELECT e.code, e.full_name AS "fullName", e.code_lower = lower(${code}) AS "hasCode",
           coalesce(e.pan_index = ${pan}::text, false) AS "hasPan", coalesce(e.aadhaar_index = ${aadhaar}::text, false) AS "hasAadhaar"
    FROM employee e
    WHERE e.tenant_id = ${ctx.tenant.id} AND e.id <> ${existing?.id ?? ""}
      AND (e.code_lower = lower(${code}) OR e.pan_index = ${pan}::text OR e.aadhaar_index = ${aadhaar}::text)`;
  const by = ({ code: holderCode, fullName }: { code: string; fullName: string }) => ({ code: holderCode, name: fullName });
  return [
    ...holders.filter(({ hasCode }) => hasCode).map((holder) => ({ field: "code", code: "people/code-taken", params: by(holder) })),
    ...holders.filter(({ hasPan }) => hasPan).map((holder) => ({ field: "pan", code: "people/pan-taken", params: by(holder) })),
    ...holders.filter(({ hasAadhaar }) => hasAadhaar).map((holder) => ({ field: "aadhaar", code: "people/aadhaar-taken", params: by(holder) })),
  ];
}

/** The mark of a number that is new to this record; null when there is none to look for. */
function newMark(vault: Vault, field: "pan" | "aadhaar", existing: Existing | undefined, after: FullFields): string | null {
  const value = after[field];
  return value === null || value === existing?.before[field] ? null : markOf(vault, field, value);
}

async function unknownPlaces(ctx: Ctx, { departmentId, locationId }: FullFields): Promise<FieldError[]> {
  const department = await ctx.db.department.findFirst({ where: { tenantId: ctx.tenant.id, id: departmentId }, select: { id: true } });
  const location = await ctx.db.location.findFirst({ where: { tenantId: ctx.tenant.id, id: locationId }, select: { id: true } });
  return [
    ...(department ? [] : [{ field: "departmentId", code: "people/department-unknown", params: { value: "" } }]),
    ...(location ? [] : [{ field: "locationId", code: "people/location-unknown", params: { value: "" } }]),
  ];
}

async function managerFaults(ctx: Ctx, existing: Existing | undefined, { managerId }: FullFields): Promise<FieldError[]> {
  if (managerId === null || managerId === existing?.before.managerId) return [];
  const fault = (code: keyof typeof employeeErrors) => [{ field: "managerId", code, params: { value: "" } }];
  if (managerId === existing?.id) return fault("people/manager-is-self");
  // Two changes at once could close a circle that neither sees alone, so the reporting line changes one at a time.
  await ctx.db.$queryRaw`SELECT FROM pg_advisory_xact_lock(hashtext('people/reporting-line'), hashtext(${ctx.tenant.id}))`;
  const line = await ctx.db.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE above AS (
      SELECT e.id, e.manager_id FROM employee e WHERE e.tenant_id = ${ctx.tenant.id} AND e.id = ${managerId}
      UNION
      SELECT e.id, e.manager_id FROM employee e JOIN above ON e.id = above.manager_id WHERE e.tenant_id = ${ctx.tenant.id}
    ) SELECT id FROM above`;
  if (line.length === 0) return fault("people/manager-unknown");
  return line.some(({ id }) => id === existing?.id) ? fault("people/manager-in-cycle") : [];
}
