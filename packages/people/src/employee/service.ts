import { assertSteppedUp } from "@atrium/api";
import type { Ctx } from "@atrium/api";
import { Prisma } from "@atrium/db";
import { monthOf, refusal } from "@atrium/kernel";
import type { Permission } from "@atrium/kernel";
import { employeeErrors, employeeJoined } from "./contract.ts";
import type {
  CreateEmployee, EmployeeHits, EmployeePage, EmployeeRecord, EmployeeSaved, ListEmployees, OneEmployee, PeopleHome, RevealEmployee, Revealed,
  SearchEmployees, SensitiveField, UpdateEmployee,
} from "./contract.ts";
import { complete, toAudit, toColumns, toFields, toRecord } from "./record.ts";
import { assertSound } from "./soundness.ts";
import { countHome, countMatching, readHits, readPage, reach } from "./query.ts";
import { changedFields, contradictions, isPrivateVisible, withoutNumbers } from "./rules.ts";
import { auditMark, openSecret, openSecrets, pickSecrets, sensitiveOf, toSealed } from "./sensitive.ts";

export { createEmployees } from "./bulk.ts";
export type { EmployeeDraft } from "./bulk.ts";
export { exportPage } from "./export.ts";
export { markOf } from "./sensitive.ts";
export { employeeHistory } from "./history.ts";

/** One page of those whom the caller may see, and how many the filter finds in all. */
export async function listEmployees(ctx: Ctx, input: ListEmployees): Promise<EmployeePage> {
  const { items, next, previous } = await readPage(ctx, input);
  const isAll = next === null && previous === null;
  const total = isAll ? items.length : await countMatching(ctx, input);
  return { items: [...items], total, next, previous };
}

/** Finds by a few letters, for the palette and for choosing a manager. */
export function searchEmployees(ctx: Ctx, { text, limit }: SearchEmployees): Promise<EmployeeHits> {
  return readHits(ctx, text, limit);
}

/** Throws `people/employee-not-found` when there is none, or none that this person may see. */
export async function getEmployee(ctx: Ctx, { id }: OneEmployee): Promise<EmployeeRecord> {
  const row = await findVisible(ctx, id);
  const reportCount = await ctx.db.employee.count({ where: { tenantId: ctx.tenant.id, managerId: id } });
  return toRecord(row, {
    today: ctx.today,
    reportCount,
    isPrivateVisible: isPrivateVisible(ctx.scopes, ctx.actor.employeeId, id),
    isEditable: ctx.actor.grants["people:write"] !== undefined,
    isRevealable: await reaches(ctx, "people:reveal", id),
  });
}

/** Throws `people/employee-invalid` with every field that needs mending, `people/code-taken` and `people/pan-taken` among them. */
export async function createEmployee(ctx: Ctx, input: CreateEmployee): Promise<EmployeeSaved> {
  const fields = complete(input);
  await assertSound(ctx, undefined, fields, contradictions(fields));
  const id = ctx.newId("emp");
  const vault = await ctx.vault();
  await ctx.db.employee.create({
    data: { tenantId: ctx.tenant.id, id, ...toColumns(fields), ...toSealed(vault, id, fields), createdAt: ctx.now, updatedAt: ctx.now },
  });
  await assertWithinReach(ctx, id);
  ctx.audit({ action: "employee.create", entityId: id, after: toAudit(fields, (field, value) => auditMark(vault, field, value)) });
  ctx.emit(employeeJoined, `${id}:joined`, { employeeId: id, joinedOn: fields.joinedOn });
  return { id, version: 1 };
}

/**
 * Throws `people/employee-changed` when somebody saved in between, `session/step-up-required` when another bank account is
 * named by somebody who has not just proved who they are, and whatever `createEmployee` throws.
 */
export async function updateEmployee(ctx: Ctx, { id, version, changes }: UpdateEmployee): Promise<EmployeeSaved> {
  const row = await findVisible(ctx, id);
  if (row.version !== version) throw refusal(employeeErrors, "people/employee-changed");
  const vault = await ctx.vault();
  const before = toFields(row, openSecrets(vault, row, sensitiveOf(Object.keys(changes))));
  const after = complete({ ...before, ...changes });
  const changed = changedFields(before, after);
  if (changed.length === 0) return { id, version };
  assertStays(ctx, id, changed);
  if (changed.includes("bankAccount") || changed.includes("bankIfsc")) assertSteppedUp(ctx);
  await assertSound(ctx, { id, before }, after, contradictions(after));
  const { count } = await ctx.db.employee.updateMany({
    where: { tenantId: ctx.tenant.id, id, version },
    data: { ...toColumns(after), ...toSealed(vault, id, pickSecrets(after, sensitiveOf(changed))), version: version + 1, updatedAt: ctx.now },
  });
  if (count === 0) throw refusal(employeeErrors, "people/employee-changed");
  await assertWithinReach(ctx, id);
  const mark = (field: SensitiveField, value: string): string => auditMark(vault, field, value);
  ctx.audit({ action: "employee.update", entityId: id, before: toAudit(before, mark, changed), after: toAudit(after, mark, changed) });
  return { id, version: version + 1 };
}

/** Shows one sensitive value in full, and writes down who saw it and why. Throws `people/employee-not-found`. */
export async function revealEmployee(ctx: Ctx, { id, field, reason }: RevealEmployee): Promise<Revealed> {
  const row = await findVisible(ctx, id);
  const vault = await ctx.vault();
  const value = openSecret(vault, row, field);
  ctx.audit({ action: "employee.reveal", entityId: id, after: { field, fingerprint: value && auditMark(vault, field, value) }, reason: withoutNumbers(reason) });
  return { value };
}

export async function peopleHome(ctx: Ctx): Promise<PeopleHome> {
  const month = monthOf(ctx.today);
  const counts = await countHome(ctx, month);
  const mayImport = ctx.actor.grants["people:import"] !== undefined;
  const unfinishedImports = mayImport
    ? await ctx.db.employeeImport.count({ where: { tenantId: ctx.tenant.id, status: { in: ["uploaded", "checking", "checked", "committing"] } } })
    : null;
  return { month, ...counts, unfinishedImports };
}

/** Whether one of the caller's permissions, another than the one that let this call in, reaches a person. */
async function reaches(ctx: Ctx, permission: Permission, id: string): Promise<boolean> {
  const scopes = ctx.actor.grants[permission];
  if (!scopes) return false;
  const within = await ctx.db.$queryRaw<unknown[]>(Prisma.sql`SELECT FROM employee e WHERE e.tenant_id = ${ctx.tenant.id} AND ${reach({ ...ctx, scopes })} AND e.id = ${id}`);
  return within.length > 0;
}

/** Whoever writes in one department or location can put nobody outside of it. */
async function assertWithinReach(ctx: Ctx, id: string): Promise<void> {
  const within = await ctx.db.$queryRaw<unknown[]>(Prisma.sql`SELECT FROM employee e WHERE e.tenant_id = ${ctx.tenant.id} AND ${reach(ctx)} AND e.id = ${id}`);
  if (within.length === 0) throw refusal(employeeErrors, "people/beyond-reach", { field: "departmentId" });
}

/** Where somebody stands decides whom they reach: who writes in one part of the company does not move themselves into another. */
function assertStays({ actor, scopes }: Ctx, id: string, changed: readonly string[]): void {
  const field = changed.find((name) => name === "departmentId" || name === "locationId");
  if (field !== undefined && id === actor.employeeId && !scopes.includes("tenant")) throw refusal(employeeErrors, "people/beyond-reach", { field });
}

async function findVisible(ctx: Ctx, id: string) {
  const visible = await ctx.db.$queryRaw<unknown[]>(Prisma.sql`SELECT FROM employee e WHERE e.tenant_id = ${ctx.tenant.id} AND ${reach(ctx)} AND e.id = ${id}`);
  const row = await ctx.db.employee.findFirst({ where: { tenantId: ctx.tenant.id, id }, include: { department: true, location: true, manager: { select: { id: true, fullName: true } } } });
  if (visible.length === 0 || !row) throw refusal(employeeErrors, "people/employee-not-found");
  return row;
}
