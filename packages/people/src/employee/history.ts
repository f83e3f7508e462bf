import type { Ctx } from "@atrium/api";
import { Prisma } from "@atrium/db";
import { decodeCursor, pageOf, refusal } from "@atrium/kernel";
import { z } from "zod";
import { employeeErrors, isSensitive, sensitiveFields } from "./contract.ts";
import type { EmployeeHistory, HistoryPage } from "./contract.ts";
import { reach } from "./query.ts";
import { isPrivateVisible } from "./rules.ts";

const values = z.record(z.string(), z.unknown()).nullable();
const references = { departmentId: "department", locationId: "location", managerId: "employee" } as const;
const privateFields = new Set([...sensitiveFields, "bankIfsc", "dateOfBirth", "gender"]);

/** Who changed what, the newest first. Throws `people/employee-not-found`. */
export async function employeeHistory(ctx: Ctx, { id, limit, cursor }: EmployeeHistory): Promise<HistoryPage> {
  const visible = await ctx.db.$queryRaw<unknown[]>(Prisma.sql`SELECT FROM employee e WHERE e.tenant_id = ${ctx.tenant.id} AND ${reach(ctx)} AND e.id = ${id}`);
  if (visible.length === 0) throw refusal(employeeErrors, "people/employee-not-found");
  const [before] = decodeCursor(cursor ?? "") ?? [];
  const found = await ctx.db.auditEvent.findMany({
    where: { tenantId: ctx.tenant.id, entity: "employee", entityId: id, ...(typeof before === "string" && { id: { lt: before } }) },
    orderBy: { id: "desc" },
    take: limit + 1,
    select: { id: true, at: true, action: true, reason: true, before: true, after: true, actorMemberId: true, onBehalfOf: true },
  });
  const { page: rows, next } = pageOf(found, limit, (last) => [last.id]);
  const maySeePrivate = isPrivateVisible(ctx.scopes, ctx.actor.employeeId, id);
  const changes = rows.map((row) => changesOf(values.parse(row.before), values.parse(row.after), maySeePrivate));
  const names = await namesOf(ctx, changes.flat(), rows.flatMap(({ actorMemberId, onBehalfOf }) => actorMemberId ?? onBehalfOf ?? []));
  const named = ({ field, isSealed, before: old, after: now }: Change) => ({ field, isSealed, before: names.get(old ?? "") ?? old, after: names.get(now ?? "") ?? now });
  return {
    items: rows.map((row, i) => ({
      id: row.id,
      at: row.at.toISOString(),
      by: names.get(row.actorMemberId ?? row.onBehalfOf ?? "") ?? null,
      action: row.action,
      reason: row.reason,
      changes: (changes[i] ?? []).map(named),
    })),
    next,
  };
}

interface Change {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly isSealed: boolean;
}

function changesOf(before: z.output<typeof values>, after: z.output<typeof values>, maySeePrivate: boolean): Change[] {
  const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...fields]
    .filter((field) => field !== "fingerprint")
    .filter((field) => maySeePrivate || !privateFields.has(field))
    // The marks stay in the trail: nobody on a page can do anything with them.
    .map((field) =>
      isSensitive(field)
        ? { field, before: null, after: null, isSealed: true }
        : { field, before: text(before?.[field]), after: text(after?.[field]), isSealed: false },
    );
}

/** The names behind the ids that the trail keeps. */
async function namesOf(ctx: Ctx, changes: readonly Change[], memberIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const ids = (kind: string) =>
    changes.filter(({ field }) => Object.entries(references).some(([key, to]) => key === field && to === kind)).flatMap(({ before, after }) => [before ?? "", after ?? ""]);
  const select = { id: true, name: true } as const;
  const members = await ctx.db.member.findMany({ where: { tenantId: ctx.tenant.id, id: { in: [...memberIds] } }, select });
  const departments = await ctx.db.department.findMany({ where: { tenantId: ctx.tenant.id, id: { in: ids("department") } }, select });
  const locations = await ctx.db.location.findMany({ where: { tenantId: ctx.tenant.id, id: { in: ids("location") } }, select });
  const people = await ctx.db.employee.findMany({ where: { tenantId: ctx.tenant.id, id: { in: ids("employee") } }, select: { id: true, fullName: true } });
  return new Map([...members, ...departments, ...locations, ...people.map(({ id, fullName }) => ({ id, name: fullName }))].map(({ id, name }) => [id, name]));
}
