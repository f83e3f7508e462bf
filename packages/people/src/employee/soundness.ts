import type { Ctx } from "@atrium/api";
import { refusal } from "@atrium/kernel";
import type { FieldError } from "@atrium/kernel";
import { employeeErrors } from "./contract.ts";
import type { FullFields } from "./record.ts";

interface Existing {
  readonly id: string;
  readonly before: FullFields;
}

/**
 * Refuses what the database would refuse less kindly: a code or PAN that another person has, a department, location or
 * manager that is not there, a manager who stands below. Throws `people/employee-invalid` with all of them at once.
 */
export async function assertSound(ctx: Ctx, existing: Existing | undefined, after: FullFields, found: readonly FieldError[]): Promise<void> {
  const fields = [...found, ...(await takenElsewhere(ctx, existing?.id, after)), ...(await unknownPlaces(ctx, after)), ...(await managerFaults(ctx, existing, after))];
  if (fields.length > 0) throw refusal(employeeErrors, "people/employee-invalid", { fields });
}

async function takenElsewhere(ctx: Ctx, id: string | undefined, { code, pan }: FullFields): Promise<FieldError[]> {
  const holders = await ctx.db.$queryRaw<{ code: string; fullName: string; hasCode: boolean; hasPan: boolean }[]>`
    SELECT e.code, e.full_name AS "fullName", e.code_lower = lower(${code}) AS "hasCode", coalesce(e.pan = ${pan}::text, false) AS "hasPan"
    FROM employee e
    WHERE e.tenant_id = ${ctx.tenant.id} AND e.id <> ${id ?? ""} AND (e.code_lower = lower(${code}) OR e.pan = ${pan}::text)`;
  const by = ({ code: holderCode, fullName }: { code: string; fullName: string }) => ({ code: holderCode, name: fullName });
  return [
    ...holders.filter(({ hasCode }) => hasCode).map((holder) => ({ field: "code", code: "people/code-taken", params: by(holder) })),
    ...holders.filter(({ hasPan }) => hasPan).map((holder) => ({ field: "pan", code: "people/pan-taken", params: by(holder) })),
  ];
}

async function unknownPlaces(ctx: Ctx, { departmentId, locationId }: FullFields): Promise<FieldError[]> {
  const department = await ctx.db.department.findFirst({ where: { id: departmentId }, select: { id: true } });
  const location = await ctx.db.location.findFirst({ where: { id: locationId }, select: { id: true } });
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
