import type { Ctx } from "@atrium/api";
import type { Prisma } from "@atrium/db";
import { refusal } from "@atrium/kernel";
import { endSupportSessions } from "../session/service.ts";
import { SupportGrantDto, supportErrors } from "./contract.ts";
import type { GrantRef, PendingSupport } from "./contract.ts";
import { standingOf } from "./rules.ts";

const columns = {
  id: true, operatorName: true, reason: true, minutes: true, status: true, requestedAt: true, decidedAt: true, expiresAt: true,
  decider: { select: { name: true } },
} as const;
type Columns = Prisma.SupportGrantGetPayload<{ select: typeof columns }>;

/** The newest are what anybody asks for; all of them stand in the audit trail. */
const shown = 50;

const toDto = ({ decider, requestedAt, decidedAt, expiresAt, ...grant }: Columns, now: Date): SupportGrantDto =>
  SupportGrantDto.parse({
    ...grant,
    status: standingOf({ ...grant, requestedAt, expiresAt }, now),
    requestedAt: requestedAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
    decidedBy: decider?.name ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  });

/** What our operators asked for and what became of it, the newest first. */
export async function listGrants(ctx: Ctx): Promise<SupportGrantDto[]> {
  const rows = await ctx.db.supportGrant.findMany({ where: { tenantId: ctx.tenant.id }, orderBy: [{ requestedAt: "desc" }, { id: "desc" }], take: shown, select: columns });
  return rows.map((row) => toDto(row, ctx.now));
}

/** The same of one operator's alone. */
export async function listGrantsOf(ctx: Ctx, operatorId: string): Promise<SupportGrantDto[]> {
  const rows = await ctx.db.supportGrant.findMany({ where: { tenantId: ctx.tenant.id, operatorId }, orderBy: [{ requestedAt: "desc" }, { id: "desc" }], take: shown, select: columns });
  return rows.map((row) => toDto(row, ctx.now));
}

export interface AccessRequest {
  readonly operatorId: string;
  readonly name: string;
  readonly reason: string;
  readonly minutes: number;
}

/** An operator asks. Undefined when a request of theirs waits already. */
export async function requestAccess(ctx: Ctx, { operatorId, name, reason, minutes }: AccessRequest): Promise<SupportGrantDto | undefined> {
  const { id: tenantId } = ctx.tenant;
  // The company's row is the turn to ask, so that two requests at the same moment do not both find none.
  await ctx.db.$queryRaw`SELECT id FROM tenant WHERE id = ${tenantId} FOR UPDATE`;
  const own = await listGrantsOf(ctx, operatorId);
  if (own.some(({ status }) => status === "requested" || status === "granted")) return undefined;
  const data = { tenantId, id: ctx.newId("sup"), operatorId, operatorName: name, reason, minutes, status: "requested", requestedAt: ctx.now };
  const saved = await ctx.db.supportGrant.create({ data, select: columns });
  ctx.audit({ action: "support-grant.request", entityId: saved.id, after: { operatorName: name, minutes }, reason });
  return toDto(saved, ctx.now);
}

/** How many requests wait for an answer. */
export async function countPending(ctx: Ctx): Promise<PendingSupport> {
  const rows = await ctx.db.supportGrant.findMany({ where: { tenantId: ctx.tenant.id, status: "requested" }, select: { status: true, requestedAt: true, expiresAt: true } });
  return { pending: rows.filter((row) => standingOf(row, ctx.now) === "requested").length };
}

/** Lets an operator look, from now for as long as they asked. Throws `support/not-found`, `support/not-open`. */
export async function grantAccess(ctx: Ctx, { grantId }: GrantRef): Promise<SupportGrantDto> {
  const before = await holdGrant(ctx, grantId);
  if (standingOf(before, ctx.now) !== "requested") throw refusal(supportErrors, "support/not-open");
  const expiresAt = new Date(ctx.now.getTime() + before.minutes * 60_000);
  return decide(ctx, before, { status: "granted", expiresAt }, "support-grant.grant");
}

/** Lets them not. Throws `support/not-found`, `support/not-open`. */
export async function refuseAccess(ctx: Ctx, { grantId }: GrantRef): Promise<SupportGrantDto> {
  const before = await holdGrant(ctx, grantId);
  if (standingOf(before, ctx.now) !== "requested") throw refusal(supportErrors, "support/not-open");
  return decide(ctx, before, { status: "refused" }, "support-grant.refuse");
}

/** Ends a look that was allowed; the operator's next call is refused. Throws `support/not-found`, `support/not-running`. */
export async function endAccess(ctx: Ctx, { grantId }: GrantRef): Promise<SupportGrantDto> {
  const before = await holdGrant(ctx, grantId);
  if (standingOf(before, ctx.now) !== "granted") throw refusal(supportErrors, "support/not-running");
  await endSupportSessions(ctx, "support-ended", { grantId });
  return decide(ctx, before, { status: "ended" }, "support-grant.end");
}

/** Ends all that one operator has here, or waits for: they are none any more. */
export async function endAccessOf(ctx: Ctx, operatorId: string): Promise<void> {
  for (const { id, status } of await listGrantsOf(ctx, operatorId)) {
    if (status !== "granted" && status !== "requested") continue;
    await endSupportSessions(ctx, "support-ended", { grantId: id });
    await decide(ctx, await holdGrant(ctx, id), { status: "ended" }, "support-grant.end");
  }
}

interface Decision {
  readonly status: "granted" | "refused" | "ended";
  readonly expiresAt?: Date;
}

async function decide(ctx: Ctx, before: Columns, { status, expiresAt }: Decision, action: `support-grant.${string}`): Promise<SupportGrantDto> {
  const where = { tenantId_id: { tenantId: ctx.tenant.id, id: before.id } };
  // An operator who ends their own look is no member here.
  const decided = ctx.actor.memberId === undefined ? {} : { decidedBy: ctx.actor.memberId, decidedAt: ctx.now };
  const saved = await ctx.db.supportGrant.update({ where, data: { status, ...(expiresAt && { expiresAt }), ...decided }, select: columns });
  const told = (grant: Columns) => ({ status: grant.status, until: grant.expiresAt?.toISOString() ?? null });
  ctx.audit({ action, entityId: before.id, before: told(before), after: { ...told(saved), operatorName: saved.operatorName }, reason: saved.reason });
  return toDto(saved, ctx.now);
}

/** The grant, held until the commit: of two who decide at the same moment the second sees what the first did. */
async function holdGrant(ctx: Ctx, id: string): Promise<Columns> {
  await ctx.db.$queryRaw`SELECT id FROM support_grant WHERE tenant_id = ${ctx.tenant.id} AND id = ${id} FOR UPDATE`;
  const grant = await ctx.db.supportGrant.findUnique({ where: { tenantId_id: { tenantId: ctx.tenant.id, id } }, select: columns });
  if (!grant) throw refusal(supportErrors, "support/not-found");
  return grant;
}
