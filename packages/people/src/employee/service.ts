import type { Ctx } from "@atrium/api";
import { Prisma } from "@atrium/db";
import { monthOf, refusal } from "@atrium/kernel";
import { employeeErrors, employeeJoined } from "./contract.ts";
import type {
  CreateEmployee, EmployeeHits, EmployeePage, EmployeeRecord, EmployeeSaved, ListEmployees, OneEmployee, PeopleHome, RevealEmployee, Revealed,
  SearchEmployees, UpdateEmployee,
} from "./contract.ts";
import { complete, toAudit, toColumns, toFields, toRecord } from "./record.ts";
import { assertSound } from "./soundness.ts";
import { countHome, countMatching, readHits, readPage, reach } from "./query.ts";
import { changedFields, contradictions, isPrivateVisible } from "./rules.ts";

export { createEmployees } from "./bulk.ts";
export type { EmployeeDraft } from "./bulk.ts";
export { exportPage } from "./export.ts";
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
  const reportCount = await ctx.db.employee.count({ where: { managerId: id } });
  return toRecord(row, {
    today: ctx.today,
    reportCount,
    isPrivateVisible: isPrivateVisible(ctx.scopes, ctx.actor.employeeId, id),
    isEditable: ctx.actor.grants["people:write"] !== undefined,
  });
}

/** Throws `people/employee-invalid` with every field that needs mending, `people/code-taken` and `people/pan-taken` among them. */
export async function createEmployee(ctx: Ctx, input: CreateEmployee): Promise<EmployeeSaved> {
  const fields = complete(input);
  await assertSound(ctx, undefined, fields, contradictions(fields));
  const id = ctx.newId("emp");
  await ctx.db.employee.create({
    data: { tenantId: ctx.tenant.id, id, ...toColumns(fields), createdAt: ctx.now, updatedAt: ctx.now },
  });
  await assertWithinReach(ctx, id);
  ctx.audit({ action: "employee.create", entityId: id, after: toAudit(fields) });
  ctx.emit(employeeJoined, `${id}:joined`, { employeeId: id, joinedOn: fields.joinedOn });
  return { id, version: 1 };
}

/** Throws `people/employee-changed` when somebody saved in between, and whatever `createEmployee` throws. */
export async function updateEmployee(ctx: Ctx, { id, version, changes }: UpdateEmployee): Promise<EmployeeSaved> {
  const row = await findVisible(ctx, id);
  if (row.version !== version) throw refusal(employeeErrors, "people/employee-changed");
  const before = toFields(row);
  const after = complete({ ...before, ...changes });
  const changed = changedFields(before, after);
  if (changed.length === 0) return { id, version };
  await assertSound(ctx, { id, before }, after, contradictions(after));
  const { count } = await ctx.db.employee.updateMany({
    where: { id, version },
    data: { ...toColumns(after), version: version + 1, updatedAt: ctx.now },
  });
  if (count === 0) throw refusal(employeeErrors, "people/employee-changed");
  await assertWithinReach(ctx, id);
  ctx.audit({ action: "employee.update", entityId: id, before: toAudit(before, changed), after: toAudit(after, changed) });
  return { id, version: version + 1 };
}

/** Shows one masked value in full, and writes down that it was shown. */
export async function revealEmployee(ctx: Ctx, { id, field }: RevealEmployee): Promise<Revealed> {
  const row = await findVisible(ctx, id);
  ctx.audit({ action: "employee.reveal", entityId: id, after: { field } });
  return { value: row[field] };
}

export async function peopleHome(ctx: Ctx): Promise<PeopleHome> {
  const month = monthOf(ctx.today);
  const counts = await countHome(ctx, month);
  const mayImport = ctx.actor.grants["people:import"] !== undefined;
  const unfinishedImports = mayImport
    ? await ctx.db.employeeImport.count({ where: { status: { in: ["uploaded", "checking", "checked", "committing"] } } })
    : null;
  return { month, ...counts, unfinishedImports };
}

/** Whoever writes in one department or location can put nobody outside of it. */
async function assertWithinReach(ctx: Ctx, id: string): Promise<void> {
  const within = await ctx.db.$queryRaw<unknown[]>(Prisma.sql`SELECT FROM employee e WHERE ${reach(ctx)} AND e.id = ${id}`);
  if (within.length === 0) throw refusal(employeeErrors, "people/beyond-reach", { field: "departmentId" });
}

async function findVisible(ctx: Ctx, id: string) {
  const visible = await ctx.db.$queryRaw<unknown[]>(Prisma.sql`SELECT FROM employee e WHERE ${reach(ctx)} AND e.id = ${id}`);
  const row = await ctx.db.employee.findFirst({ where: { id }, include: { department: true, location: true, manager: { select: { id: true, fullName: true } } } });
  if (visible.length === 0 || !row) throw refusal(employeeErrors, "people/employee-not-found");
  return row;
}
