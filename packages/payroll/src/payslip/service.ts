import type { Ctx } from "@atrium/api";
import { amountInWords, dayIn, refusal } from "@atrium/kernel";
import { z } from "zod";
import { PayLine, PayslipFacts } from "../computing/contract.ts";
import { sumsFrom } from "../computing/service.ts";
import { payslipErrors } from "./contract.ts";
import type { GetPayslip, MyPayslips, Payslip } from "./contract.ts";
import { canReadPayslip, payslipFileName } from "./rules.ts";
import { drawPayslip } from "./pdf.ts";

/** The caller's own published payslips, the newest first. */
export async function myPayslips(ctx: Ctx): Promise<MyPayslips> {
  const { employeeId } = ctx.actor;
  if (employeeId === undefined) return { payslips: [] };
  const slips = await ctx.db.payslip.findMany({ where: { tenantId: ctx.tenant.id, employeeId, publishedAt: { not: null } }, orderBy: { period: "desc" } });
  return {
    payslips: slips.flatMap(({ id, period, publishedAt, ...columns }) =>
      publishedAt ? [{ id, period, publishedOn: dayIn(publishedAt, ctx.tenant.timeZone), ...sumsFrom(columns) }] : [],
    ),
  };
}

/** One payslip: one's own once it is published, anybody's for whoever runs the payroll, else `payslip/not-found`. */
export async function getPayslip(ctx: Ctx, { id }: GetPayslip): Promise<Payslip> {
  const slip = await ctx.db.payslip.findUnique({ where: { tenantId_id: { tenantId: ctx.tenant.id, id } } });
  const reader = { employeeId: ctx.actor.employeeId, canReadAll: ctx.actor.grants["payroll:read"] !== undefined };
  if (!slip || !canReadPayslip(reader, { employeeId: slip.employeeId, isPublished: slip.publishedAt !== null })) throw refusal(payslipErrors, "payslip/not-found");

  const sums = sumsFrom(slip);
  return {
    id,
    runId: slip.runId,
    period: slip.period,
    company: ctx.tenant.name,
    publishedOn: slip.publishedAt && dayIn(slip.publishedAt, ctx.tenant.timeZone),
    facts: PayslipFacts.parse(slip.snapshot),
    lines: z.array(PayLine).parse(slip.lines),
    ...sums,
    netInWords: amountInWords(sums.netMinor),
  };
}

/** The payslip as a document to keep: one A4 page. The same right to it as `getPayslip`. */
export async function payslipPdf(ctx: Ctx, ref: GetPayslip): Promise<{ readonly fileName: string; readonly draw: () => Promise<Uint8Array<ArrayBuffer>> }> {
  const payslip = await getPayslip(ctx, ref);
  return { fileName: payslipFileName(payslip.period, payslip.facts.code), draw: () => drawPayslip(payslip) };
}
