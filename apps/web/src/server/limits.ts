import type { Logger, RequestContext } from "@atrium/api";
import { limitsInForce } from "@atrium/billing";
import type { Database } from "@atrium/db";
import { AppError, defaultPlan, planTerms } from "@atrium/kernel";
import { publishLimits } from "@atrium/limits";
import type { RedisDoor } from "@atrium/limits";
import type { NextRequest } from "next/server";
import { openOrder } from "../edge/limits/house.ts";
import type { HouseOrder, HousePurpose } from "../edge/limits/house.ts";

/** What keeping the edge informed of companies' limits needs. */
export interface LimitsDesk {
  readonly redis: RedisDoor;
  readonly database: Database;
  readonly log: Logger;
  readonly clock: () => Date;
}

/** Reads how much a company may do at this moment and writes it where the edge looks. Throws when Redis does not answer. */
export async function publishInForce({ redis, database, clock }: LimitsDesk, tenantId: string): Promise<void> {
  const now = clock();
  const { changesAt, ...limits } = await database.withTenant(tenantId, (db) => limitsInForce(db, tenantId, now)).catch(asNobodys);
  // What the clock changes is asked for again in that very moment.
  const holdsMs = changesAt === undefined ? undefined : changesAt.getTime() - now.getTime();
  await publishLimits(redis, tenantId, limits, holdsMs);
}

/** A session may outlive its company. Its calls are refused at the doors, and counted like anybody's until then. */
function asNobodys(thrown: unknown): { readonly perMinute: number; readonly perHour: number; readonly version: number; readonly changesAt: undefined } {
  if (thrown instanceof AppError && thrown.code === "tenant_not_found") return { ...planTerms[defaultPlan].limits, version: 0, changesAt: undefined };
  throw thrown;
}

/**
 * Told after the commit whose limits have changed, so that they are in force everywhere within a second. That they could not
 * be written is no failure of the change: the edge asks again within a minute.
 */
export function publishChanged(desk: LimitsDesk): NonNullable<RequestContext["onLimitsChanged"]> {
  return async (tenantId) => {
    try {
      await publishInForce(desk, tenantId);
    } catch (error) {
      desk.log.warn({ tenantId, err: error }, "changed limits could not be published");
    }
  };
}

/** What the edge asks for with this request; undefined for anybody else. */
export function orderIn(request: NextRequest, purpose: HousePurpose, secret: string): Promise<HouseOrder | undefined> {
  const [, token = ""] = /^Bearer (\S+)$/.exec(request.headers.get("authorization") ?? "") ?? [];
  return openOrder(token, purpose, secret);
}

/** What nobody but the edge is told of. */
export const notThere = (): Response => new Response(null, { status: 404 });
