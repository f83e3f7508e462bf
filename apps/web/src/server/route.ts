import { appErrorFrom, enter, publicError, statusOf } from "@atrium/api";
import type { Ctx, DoorOptions, RequestContext } from "@atrium/api";
import type { Permission } from "@atrium/kernel";
import type { NextRequest } from "next/server";
import { requestContext } from "./context.ts";
import { runtime } from "./runtime.ts";
import type { Runtime } from "./runtime.ts";

type Params = Readonly<Record<string, string>>;

/** What a handler is given besides the transaction's context. */
export interface MemberRequest<P extends Params> {
  readonly request: NextRequest;
  readonly params: P;
  readonly services: Pick<Runtime, "files" | "log">;
  /** One more transaction through the same door, for an answer whose work outlasts one: a stream, an upload. */
  readonly again: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;
}

/** An answer, or what makes it once the transaction has ended: a body that streams must not hold a connection. */
export type RouteAnswer = Response | (() => Response | Promise<Response>);

/**
 * A route handler below a company's path, for what is no procedure: uploads, PDF, CSV. The same door as
 * `tenantProcedure`: session, membership, permission, one transaction. A refusal is answered as `{ error: PublicError }`.
 * What is answered here is mostly a file to keep, so our support does not come in unless `options` says so.
 */
export function memberRoute<P extends Params & { readonly tenant: string }>(
  permission: Permission,
  handler: (ctx: Ctx, input: MemberRequest<P>) => Promise<RouteAnswer>,
  options: DoorOptions = {},
): (request: NextRequest, route: { readonly params: Promise<P> }) => Promise<Response> {
  return async (request, route) => {
    const params = await route.params;
    const context = await requestContext({ slug: params.tenant, headers: request.headers, cookie: (name) => request.cookies.get(name)?.value });
    try {
      const services = await runtime();
      const door = { ...options, isRead: ["GET", "HEAD"].includes(request.method) };
      const again: MemberRequest<P>["again"] = (work) => enter(context, permission, door, work);
      const answer = await again((ctx) => handler(ctx, { request, params, services, again }));
      return answer instanceof Response ? answer : await answer();
    } catch (thrown) {
      return refuse(thrown, context);
    }
  };
}

/** A route handler below a company's path whose use case asks by itself who comes: in several transactions, or of a guest. */
export function pathRoute(handler: (request: NextRequest, context: RequestContext) => Promise<Response>): (request: NextRequest, route: { readonly params: Promise<{ readonly tenant: string }> }) => Promise<Response> {
  return async (request, route) => {
    const { tenant: slug } = await route.params;
    const context = await requestContext({ slug, headers: request.headers, cookie: (name) => request.cookies.get(name)?.value });
    try {
      return await handler(request, context);
    } catch (thrown) {
      return refuse(thrown, context);
    }
  };
}

/** A route handler of the house's own, for what comes before there is a company. */
export function houseRoute(handler: (request: NextRequest, context: RequestContext) => Promise<Response>): (request: NextRequest) => Promise<Response> {
  return async (request) => {
    const context = await requestContext({ slug: "", headers: request.headers, cookie: () => undefined });
    try {
      return await handler(request, context);
    } catch (thrown) {
      return refuse(thrown, context);
    }
  };
}

function refuse(thrown: unknown, { requestId, log }: RequestContext): Response {
  const error = appErrorFrom(thrown);
  if (error.kind === "internal") log.error({ err: error.detail.cause }, "route failed");
  else log.info({ code: error.code }, "route refused");
  return Response.json({ error: publicError(error, requestId) }, { status: statusOf(error) });
}
