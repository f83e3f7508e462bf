/*
 * The doors' hardware. You need this file when every procedure of the house should behave differently; a new procedure
 * needs `tenantProcedure` and nothing else from here.
 *
 * 1. ERRORS      how a refusal leaves the house
 * 2. PROCEDURES  who may come in, and the transaction they get
 */
import type { Permission } from "@atrium/kernel";
import { initTRPC } from "@trpc/server";
import type { Ctx } from "./context.ts";
import { enter } from "./enter.ts";
import type { DoorOptions, RequestContext } from "./enter.ts";
import { appErrorFrom, publicShape, toTrpcError } from "./errors.ts";

/* 1. ERRORS */

export interface ProcedureMeta {
  /** The permission that opens the door; undefined marks one that is open to everybody. */
  readonly permission?: Permission;
  readonly options?: DoorOptions;
}

const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    errorFormatter: ({ shape, error, ctx }) => publicShape(shape, appErrorFrom(error), ctx?.requestId ?? "none"),
    isDev: false,
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/* 2. PROCEDURES */

/** Logs every call with its outcome and time, and turns whatever was thrown into a refusal with a code. */
const observed = t.procedure.use(async ({ ctx, next, path, type }) => {
  const started = performance.now();
  const result = await next();
  const ms = Math.round(performance.now() - started);
  if (result.ok) {
    ctx.log.info({ path, type, ms }, "call");
    return result;
  }
  const error = appErrorFrom(result.error);
  const level = error.kind === "internal" ? "error" : "info";
  ctx.log[level]({ path, type, ms, code: error.code, err: error.kind === "internal" ? result.error.cause : undefined }, "call refused");
  throw toTrpcError(error);
});

/** Open to everybody, touches no company's rows. There are few, and the door test counts them. */
export const publicProcedure = observed;

/**
 * A call of a member of the company in the path who holds `permission`: session, membership, permission, one transaction.
 * `ctx.db` sees that company only and dies with the call; news go out after the commit.
 */
export const tenantProcedure = (permission: Permission, options: DoorOptions = {}) =>
  observed.meta({ permission, options }).use(({ ctx: request, type, next }) =>
    enter(request, permission, { ...options, opensToSupport: type === "query", isRead: type === "query" }, async (ctx) => {
      const result = await next({ ctx });
      // next() resolves even when the procedure threw. Without this line the transaction would commit a failed call.
      if (!result.ok) throw result.error;
      return result;
    }),
  );

/** One transaction through the same door, for a call that is made of several. */
export type Transact = <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;

/** What such a call is given. */
export interface SteppedCall {
  readonly request: RequestContext;
  readonly transact: Transact;
}

/**
 * The same door for a call that asks somebody outside, whose answer no transaction may wait for: `ctx.transact` opens one
 * before and one after, and each asks anew who comes. The first is opened here, so that nothing happens for a stranger.
 */
export const steppedProcedure = (permission: Permission, options: DoorOptions = {}) =>
  observed.meta({ permission, options }).use(async ({ ctx: request, type, next }) => {
    const door = { ...options, opensToSupport: type === "query", isRead: type === "query" };
    const transact: Transact = (work) => enter(request, permission, door, work);
    await transact(async () => undefined);
    return next({ ctx: { request, transact } });
  });
