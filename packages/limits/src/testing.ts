import { makeLimiter } from "./limiter.ts";
import { publishLimits } from "./store.ts";
import type { RedisDoor } from "./store.ts";
import type { Ask, TenantLimits, Verdict } from "./verdict.ts";

/** A clock that the process and Redis both go by; what is to be done later is done as it passes. */
export function makeClock() {
  let ms = 1_795_000_000_000 + Math.floor(Math.random() * 1_000_000_000);
  let planned: { readonly at: number; readonly work: () => void }[] = [];
  return {
    now: () => ms,
    later: (inMs: number, work: () => void) => void planned.push({ at: ms + inMs, work }),
    pass(step: number) {
      ms += step;
      const due = planned.filter(({ at }) => at <= ms);
      planned = planned.filter(({ at }) => at > ms);
      for (const { work } of due) work();
    },
  };
}
type Clock = ReturnType<typeof makeClock>;

export interface House {
  readonly tenantId: string;
  readonly clock: Clock;
  readonly publish: (perMinute: number, perHour?: number, version?: number) => Promise<void>;
  /** One process's limiter. Its requests are those of one member, unless said otherwise. */
 
  readonly process: (habits?: { readonly neverLater: boolean }) => (ask?: Partial<Ask>) => Promise<Verdict>;
  readonly refreshed: () => number;
}

/** A company of its own, and processes that decide for it by one clock. The door's budget is to be generous: it is not tested here how quick a machine is. */
export function makeHouse(redis: RedisDoor, limits: TenantLimits = { perMinute: 60, perHour: 1_000, version: 1 }): House {
  const tenantId = `ten_${crypto.randomUUID()}`;
  const clock = makeClock();
  let refreshed = 0;
  return {
    tenantId,
    clock,
    refreshed: () => refreshed,
    publish: (perMinute, perHour = 1_000_000, version = 1) => publishLimits(redis, tenantId, { perMinute, perHour, version }),
    process: ({ neverLater } = { neverLater: false }) => {
      const limiter = makeLimiter({
        redis, now: clock.now, redisClock: clock.now, wallClock: clock.now, later: neverLater ? () => undefined : clock.later,
        refresh: async () => {
          refreshed += 1;
          await publishLimits(redis, tenantId, limits);
        },
      });
      const usual: Ask = { routeClass: "read", cost: 1, tenantId, userId: "mem_1", sessionId: "ses_1", address: "203.0.113.7", account: undefined };
      return async (ask = {}) => limiter.decide({ ...usual, ...ask });
    },
  };
}

export const admittedOf = (verdicts: readonly Verdict[]): number => verdicts.filter(({ outcome }) => outcome === "admitted").length;
export const burst = (decide: (ask?: Partial<Ask>) => Promise<Verdict>, count: number, ask: (index: number) => Partial<Ask> = () => ({})) =>
  Promise.all(Array.from({ length: count }, (_, index) => decide(ask(index))));

