import type { Ctx } from "@atrium/api";
import { dateColumn, firstDay, monthOf, paiseFrom, plainDateFrom, refusal } from "@atrium/kernel";
import { assertOpen } from "../month/service.ts";
import { salaryErrors } from "./contract.ts";
import type { SalaryHistory, SalaryRate, SetSalary } from "./contract.ts";

/** What an employee has earned and will earn, the newest rate first. */
export async function listSalaries(ctx: Ctx, { employeeId }: { readonly employeeId: string }): Promise<SalaryHistory> {
  await findEmployee(ctx, employeeId);
  const rows = await ctx.db.salary.findMany({ where: { tenantId: ctx.tenant.id, employeeId }, orderBy: { effectiveFrom: "desc" } });
  return {
    rates: rows.map(({ effectiveFrom, basicMinor, hraMinor, allowanceMinor, isPfMember }) => ({
      from: monthOf(plainDateFrom(effectiveFrom)),
      basicMinor: paiseFrom(basicMinor),
      hraMinor: paiseFrom(hraMinor),
      allowanceMinor: paiseFrom(allowanceMinor),
      isPfMember,
    })),
  };
}

/**
 * Sets what an employee earns from a month on, replacing what was set for that very month. Throws `payroll/month-closed`
 * once that month, or a later one, has been run: pay that was given out is not rewritten.
 */
export async function setSalary(ctx: Ctx, { employeeId, from, ...rate }: SetSalary): Promise<SalaryRate> {
  await findEmployee(ctx, employeeId);
  await assertOpen(ctx, from);
  if (rate.basicMinor + rate.hraMinor + rate.allowanceMinor === 0) throw refusal(salaryErrors, "salary/nothing-to-pay", { field: "basicMinor" });

  const tenantId = ctx.tenant.id;
  const key = { tenantId, employeeId, effectiveFrom: dateColumn(firstDay(from)) };
  const saved = await ctx.db.salary.upsert({
    where: { tenantId_employeeId_effectiveFrom: key },
    create: { ...key, id: ctx.newId("sal"), ...rate, createdAt: ctx.now },
    update: rate,
    select: { id: true },
  });
  // The amounts stay out of the trail, which more people may read than the pay itself.
  ctx.audit({ action: "salary.set", entityId: saved.id, after: { employeeId, from } });
  return { from, ...rate };
}

async function findEmployee(ctx: Ctx, id: string): Promise<void> {
  const employee = await ctx.db.employee.findUnique({ where: { tenantId_id: { tenantId: ctx.tenant.id, id } }, select: { id: true } });
  if (!employee) throw refusal(salaryErrors, "salary/employee-not-found", { field: "employeeId" });
}
