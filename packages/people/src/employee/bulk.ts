import type { Ctx } from "@atrium/api";
import { toAudit, toColumns } from "./record.ts";
import type { FullFields } from "./record.ts";
import { auditMark, toSealed } from "./sensitive.ts";

/** A person who is about to be created, with an id that was chosen beforehand. */
export interface EmployeeDraft {
  readonly id: string;
  readonly fields: FullFields;
}

/**
 * Creates many people in two statements. Answers the ids of those created: a draft whose code, PAN or Aadhaar somebody has by now
 * is passed over. The drafts were checked by the caller; managers are set afterwards, since they may come later.
 */
export async function createEmployees(ctx: Ctx, drafts: readonly EmployeeDraft[], reason: string): Promise<ReadonlySet<string>> {
  const vault = await ctx.vault();
  const rows = await ctx.db.employee.createManyAndReturn({
    data: drafts.map(({ id, fields }) => ({
      tenantId: ctx.tenant.id, id, ...toColumns(fields), ...toSealed(vault, id, fields), createdAt: ctx.now, updatedAt: ctx.now,
    })),
    skipDuplicates: true,
    select: { id: true },
  });
  const created = new Set(rows.map(({ id }) => id));
  const made = drafts.filter(({ id }) => created.has(id));
  ctx.audit(...made.map(({ id, fields }) => ({ action: "employee.create", entityId: id, after: toAudit(fields, (field, value) => auditMark(vault, field, value)), reason }) as const));
  return created;
}
