import { AppError, planTerms, plansAhead } from "@atrium/kernel";
import type { PlanFacts } from "@atrium/kernel";
import type { Ctx } from "./context.ts";

/* How much a company keeps in files. Whoever writes one notes it here in the same transaction in which it takes note of the
   file itself, so that nothing is counted that nobody knows of. */

/** Throws `storage/full` when so many bytes more are beyond the plan in force, or the one that is planned. */
export async function assertRoomFor(ctx: Ctx, bytes: number): Promise<void> {
  const { db, tenant, now } = ctx;
  // Held until the commit: of two that fill the last room at the same moment one is refused.
  const [row] = await db.$queryRaw<(PlanFacts & { readonly kind: string })[]>`
    SELECT kind, plan, seats, next_plan AS "nextPlan", next_seats AS "nextSeats", next_plan_at AS "nextPlanAt" FROM tenant WHERE id = ${tenant.id} FOR NO KEY UPDATE`;
  if (!row || row.kind === "platform") return;
  const wanted = (await storedBytes(ctx)) + bytes;
  const full = plansAhead(row, now).find(({ plan }) => wanted > planTerms[plan].storageBytes);
  if (!full) return;
  const { plan } = full;
  const { storageBytes } = planTerms[plan];
  throw new AppError("storage/full", "payment-required", { params: { plan, gigabytes: Math.floor(storageBytes / 1_073_741_824) } });
}

/** Notes a file that lies in its place. Throws `storage/full`. */
export async function noteFile(ctx: Ctx, key: string, bytes: number): Promise<void> {
  await assertRoomFor(ctx, bytes);
  await ctx.db.storedFile.create({ data: { tenantId: ctx.tenant.id, key, bytes, storedAt: ctx.now } });
}

/** Notes that a file is gone. */
export async function forgetFile({ db, tenant }: Ctx, key: string): Promise<void> {
  await db.storedFile.deleteMany({ where: { tenantId: tenant.id, key } });
}

/** What all files of the company have together. */
export async function storedBytes({ db, tenant }: Ctx): Promise<number> {
  const { _sum } = await db.storedFile.aggregate({ where: { tenantId: tenant.id }, _sum: { bytes: true } });
  return Number(_sum.bytes ?? 0);
}
