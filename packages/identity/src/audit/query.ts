import type { Ctx } from "@atrium/api";
import { Prisma } from "@atrium/db";
import { anywhereInLike } from "@atrium/kernel";
import type { AuditFilter } from "./contract.ts";
import { actionsWith } from "./rules.ts";

/* The trail's SQL. The newest come first, so whatever is asked is read backwards along an index that ends in the number. */

/** A row as the list shows it, with the names of today for those whose name was not kept. */
export interface Line {
  readonly id: string;
  readonly seq: bigint;
  readonly at: Date;
  readonly atLocal: string;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly onBehalfOf: string | null;
  readonly onBehalfOfName: string | null;
  readonly action: string;
  readonly entity: string;
  readonly entityId: string;
  readonly reason: string | null;
  readonly address: string | null;
}

export interface WholeLine extends Line {
  readonly before: unknown;
  readonly after: unknown;
  readonly requestId: string;
  readonly sessionId: string | null;
  readonly userAgent: string | null;
  readonly prevHash: string;
  readonly hash: string;
}

const nameOf = (id: Prisma.Sql) => Prisma.sql`(SELECT m.name FROM member m WHERE m.tenant_id = e.tenant_id AND m.id = ${id})`;
const line = Prisma.sql`
  e.id, e.seq, e.at, e.at_local AS "atLocal", e.actor_kind AS "actorKind", e.actor_member_id AS "actorId",
  coalesce(e.actor_name, ${nameOf(Prisma.sql`e.actor_member_id`)}) AS "actorName",
  e.on_behalf_of AS "onBehalfOf", ${nameOf(Prisma.sql`e.on_behalf_of`)} AS "onBehalfOfName",
  e.action, e.entity, e.entity_id AS "entityId", e.reason, e.address`;
const wholeLine = Prisma.sql`${line}, e.before, e.after, e.request_id AS "requestId", e.session_id AS "sessionId", e.user_agent AS "userAgent",
  e.prev_hash AS "prevHash", e.hash`;

/** A page of lines and one more, which tells whether there is another page behind it. */
export async function readLines(ctx: Ctx, filter: AuditFilter, below: number | undefined, limit: number): Promise<readonly Line[]> {
  return ctx.db.$queryRaw<Line[]>(await linesQuery(ctx, filter, below, limit));
}

/** The same with all that a row holds. */
export async function readWholeLines(ctx: Ctx, filter: AuditFilter, below: number | undefined, limit: number): Promise<readonly WholeLine[]> {
  return ctx.db.$queryRaw<WholeLine[]>(await linesQuery(ctx, filter, below, limit, wholeLine));
}

export async function readOne(ctx: Ctx, seq: number): Promise<WholeLine | undefined> {
  const [found] = await ctx.db.$queryRaw<WholeLine[]>`SELECT ${wholeLine} FROM audit_event e WHERE e.tenant_id = ${ctx.tenant.id} AND e.seq = ${seq}`;
  return found;
}

/** Reads one row more than the limit. */
export async function linesQuery(ctx: Ctx, filter: AuditFilter, below: number | undefined, limit: number, columns = line): Promise<Prisma.Sql> {
  const conditions = [...(await matching(ctx, filter)), ...(below === undefined ? [] : [Prisma.sql`e.seq < ${below}`])];
  return Prisma.sql`
    SELECT ${columns} FROM audit_event e WHERE e.tenant_id = ${ctx.tenant.id} AND ${Prisma.join(conditions, " AND ")} ORDER BY e.seq DESC LIMIT ${limit} + 1`;
}

/** The conditions of a filter. */
async function matching(ctx: Ctx, filter: AuditFilter): Promise<readonly Prisma.Sql[]> {
  const { actor, action, entity, entityId, from, to, requestId, text } = filter;
  const conditions = [Prisma.sql`e.tenant_id = ${ctx.tenant.id}`];
  if (actor) conditions.push(Prisma.sql`CASE WHEN e.actor_member_id IS NULL THEN e.on_behalf_of ELSE e.actor_member_id END = ${actor}`);
  // Row-level security keeps LIKE from using an index, and the actions are few: a prefix becomes the list of those it means.
  if (action || (entity && !entityId)) {
    const prefix = action ?? "";
    const known = actionsWith(prefix, await readActions(ctx)).filter((name) => !entity || name.startsWith(`${entity}.`));
    conditions.push(Prisma.sql`e.action = ANY (${[...known]}::text[])`);
  }
  if (entity && entityId) conditions.push(Prisma.sql`e.entity = ${entity}`);
  if (entityId) conditions.push(Prisma.sql`e.entity_id = ${entityId}`);
  if (from) conditions.push(Prisma.sql`e.at >= ${from}::date::timestamp AT TIME ZONE ${ctx.tenant.timeZone}`);
  if (to) conditions.push(Prisma.sql`e.at < (${to}::date + 1)::timestamp AT TIME ZONE ${ctx.tenant.timeZone}`);
  if (requestId) conditions.push(Prisma.sql`e.request_id = ${requestId}`);
  if (text) {
    const pattern = anywhereInLike(text);
    conditions.push(Prisma.sql`(e.action ILIKE ${pattern} OR e.entity_id ILIKE ${pattern} OR e.reason ILIKE ${pattern} OR e.actor_name ILIKE ${pattern})`);
  }
  return conditions;
}

/** Jumps from one action to the next along the index, so that a million rows cost as many steps as there are actions. */
export async function readActions(ctx: Ctx): Promise<readonly string[]> {
  const rows = await ctx.db.$queryRaw<{ action: string }[]>`
    WITH RECURSIVE found AS (
      (SELECT action FROM audit_event WHERE tenant_id = ${ctx.tenant.id} ORDER BY action LIMIT 1)
      UNION ALL
      SELECT (SELECT e.action FROM audit_event e WHERE e.tenant_id = ${ctx.tenant.id} AND e.action > found.action ORDER BY e.action LIMIT 1)
      FROM found WHERE found.action IS NOT NULL
    ) SELECT action FROM found WHERE action IS NOT NULL`;
  return rows.map(({ action }) => action);
}
