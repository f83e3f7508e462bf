import type { Ctx, Message } from "@atrium/api";
import { formatMonth, refusal } from "@atrium/kernel";
import type { RunAttempt } from "../computing/service.ts";
import { newsId, runPublished } from "../run/contract.ts";
import { publishingErrors } from "./contract.ts";

interface ChunkRef extends RunAttempt {
  readonly number: number;
}

/** Begins giving out an approved run's payslips, by the chunks it was computed in. Twice is the same as once. */
export async function beginPublishing(ctx: Ctx, { runId, attempt }: RunAttempt): Promise<{ readonly chunks: number }> {
  const tenantId = ctx.tenant.id;
  await ctx.db.payrollRun.updateMany({ where: { tenantId, id: runId, attempt, status: "approved" }, data: { status: "publishing" } });
  const isOurs = await ctx.db.payrollRun.count({ where: { tenantId, id: runId, attempt, status: "publishing" } });
  return { chunks: isOurs === 0 ? 0 : await chunksOf(ctx, { runId }) };
}

/** How many chunks a run has. */
export async function chunksOf(ctx: Ctx, { runId }: { readonly runId: string }): Promise<number> {
  return ctx.db.payrollRunChunk.count({ where: { tenantId: ctx.tenant.id, runId } });
}

/** Lets the employees of one chunk see their payslips. What is out already stays as it is. */
export async function publishChunk(ctx: Ctx, { runId, number }: ChunkRef): Promise<{ readonly published: number }> {
  const { count } = await ctx.db.payslip.updateMany({ where: { ...(await slipsOfChunk(ctx, runId, number)), publishedAt: null }, data: { publishedAt: ctx.now } });
  return { published: count };
}

async function slipsOfChunk(ctx: Ctx, runId: string, number: number) {
  const tenantId = ctx.tenant.id;
  const { firstEmployeeId, lastEmployeeId } = await ctx.db.payrollRunChunk.findUniqueOrThrow({ where: { tenantId_runId_number: { tenantId, runId, number } } });
  return { tenantId, runId, employeeId: { gte: firstEmployeeId, lte: lastEmployeeId } };
}

/** Closes the run once every payslip is out, and tells the news. Repeated, it tells the same news under the same id. */
export async function finishPublishing(ctx: Ctx, { runId, attempt }: RunAttempt): Promise<void> {
  const tenantId = ctx.tenant.id;
  const unpublished = await ctx.db.payslip.count({ where: { tenantId, runId, publishedAt: null } });
  if (unpublished > 0) throw refusal(publishingErrors, "payroll/publish-failed");
  const finished = await ctx.db.payrollRun.updateMany({
    where: { tenantId, id: runId, attempt, status: "publishing" },
    data: { status: "published", publishedAt: ctx.now, failure: null },
  });
  if (finished.count > 0) ctx.audit({ action: "payroll-run.publish", entityId: runId });
  ctx.emit(runPublished, newsId(runPublished, { runId, attempt }), { runId, attempt });
}

/** Notes that the giving out stopped: the run stays where it is, for somebody to set it going again. */
export async function stopPublishing(ctx: Ctx, { runId, attempt }: RunAttempt): Promise<void> {
  const stopped = await ctx.db.payrollRun.updateMany({
    where: { tenantId: ctx.tenant.id, id: runId, attempt, status: { in: ["approved", "publishing"] } },
    data: { status: "publishing", failure: "payroll/publish-failed" },
  });
  if (stopped.count > 0) ctx.audit({ action: "payroll-run.stop-publishing", entityId: runId });
}

/**
 * The notices to one chunk's employees who have an address. They name no amount: a mailbox is read by more eyes than a
 * payslip. The key makes a repeated notice the same message.
 */
export async function noticesOf(ctx: Ctx, { runId, number }: ChunkRef, link: (slug: string, ...path: string[]) => string): Promise<Message[]> {
  const slips = await ctx.db.payslip.findMany({
    where: await slipsOfChunk(ctx, runId, number),
    orderBy: { employeeId: "asc" },
    select: { id: true, period: true, employee: { select: { fullName: true, email: true, members: { select: { email: true, status: true } } } } },
  });
  return slips.flatMap(({ id, period, employee: { fullName, email, members } }) => {
    const to = members.find(({ status }) => status === "active")?.email ?? email;
    if (to === null) return [];
    const month = formatMonth(period);
    const text = `Dear ${fullName},\n\nYour payslip for ${month} is ready:\n${link(ctx.tenant.slug, "payslips", id)}\n\n${ctx.tenant.name}\n`;
    return [{ key: `payslip-${id}`, to, subject: `Your payslip for ${month} is ready`, text }];
  });
}
