import type { Database } from "@atrium/db";
import { AppError, grantedScope } from "@atrium/kernel";
import type { Permission } from "@atrium/kernel";
import { createCtx } from "./context.ts";
import type { Ctx } from "./context.ts";
import type { Logger } from "./log.ts";
import { proveMembership } from "./membership.ts";
import type { SessionClaims } from "./membership.ts";
import { deliverNews, keepNews } from "./outbox.ts";
import type { SendEvents } from "./outbox.ts";

/** What a request brings, whichever door it came to. */
export interface RequestContext {
  readonly database: Database;
  /** The verified session, if the request brought one. */
  readonly session: SessionClaims | undefined;
  /** The slug in the path: claimed, not proved. */
  readonly claimedSlug: string;
  readonly requestId: string;
  readonly log: Logger;
  /** The moment the request arrived. */
  readonly now: Date;
  /** Sends news after the commit. */
  readonly sendEvents: SendEvents;
}

/** A transaction longer than this is cut off; slow work belongs into a job. */
const transactionMs = 10_000;

/**
 * Lets a member of the company in the path in, if one of their roles grants `permission`: session, membership, permission,
 * then `work` in one transaction that sees that company only. News go out after the commit.
 *
 * Throws `session/missing`, `session/ended`, `session/tenant-mismatch`, `tenant/suspended`, `permission/missing`, and
 * whatever `work` throws, which rolls everything back.
 */
export async function enter<T>(request: RequestContext, permission: Permission, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const { session } = request;
  if (!session) throw new AppError("session/missing", "unauthenticated");
  if (session.tenantSlug !== request.claimedSlug) throw new AppError("session/tenant-mismatch", "forbidden");
  const { value, news } = await request.database.withTenant(
    session.tenantId,
    async (db) => {
      const { tenant, actor } = await proveMembership(db, session);
      const scope = grantedScope(actor.roles, permission);
      if (!scope) throw new AppError("permission/missing", "forbidden", { params: { permission } });
      const made = createCtx({ tenant, actor, scope, db, requestId: request.requestId, now: request.now });
      const value = await work(made.ctx);
      return { value, news: await keepNews(db, tenant.id, made.emitted, request.now) };
    },
    { timeoutMs: transactionMs },
  );
  await deliverNews(request.database, request.sendEvents, request.log, news);
  return value;
}
