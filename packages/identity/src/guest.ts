import { actorOf, finish, workIn } from "@atrium/api";
import type { Actor, Ctx, CurrentTenant, RequestContext } from "@atrium/api";

/** A request before anybody is signed in. */
export type GuestRequest = Omit<RequestContext, "session">;

/**
 * One transaction of a company for somebody who has not signed in: to come in, or to get back in. What may be done in it
 * is decided by the use case alone, so there are few, and each stands in the door test's list of public ones.
 */
export async function asGuest<T>(request: GuestRequest, tenant: CurrentTenant, work: (ctx: Ctx) => Promise<T>, actor: Partial<Actor> = {}): Promise<T> {
  const { database, keyring, requestId, now, address, userAgent, site } = request;
  const { value, after } = await database.withTenant(tenant.id, (db) =>
    workIn({ tenant, actor: actorOf(actor), scopes: [], origin: { address, userAgent, site }, db, keyring, requestId, now }, work),
  );
  await finish(request, after);
  return value;
}
