import { defaultPlan, planTerms } from "@atrium/kernel";
import { Line } from "./line.ts";
import type { Decision, LineWorld } from "./line.ts";
import { LocalBuckets } from "./local-bucket.ts";
import type { LocalSize } from "./local-bucket.ts";
import { degradedKey, dayIndex, tenantPrefix, usageKey } from "./keys.ts";
import { classPolicies, fixedBuckets } from "./route-classes.ts";
import type { BucketName, RouteClass } from "./route-classes.ts";
import { bucketSet, Store } from "./store.ts";
import type { RedisDoor, Taken, Taking } from "./store.ts";
import { userShare } from "./verdict.ts";
import type { Ask, Verdict } from "./verdict.ts";

export interface LimiterOptions {
  /** Undefined where there is no Redis: every decision is then made without it. */
  readonly redis: RedisDoor | undefined;
  /** Has the house write the company's sizes to Redis. */
  readonly refresh: (tenantId: string) => Promise<void>;
  /** Milliseconds that only ever grow. */
  readonly now?: () => number;
  /** The time of day, for counting by days. */
  readonly wallClock: () => number;
  /** For tests: stands in the place of Redis's own clock. */
  readonly redisClock?: () => number;
  /** For tests: runs what is to be done a little later. */
  readonly later?: (ms: number, work: () => void) => void;
}

export interface Limiter {
  /** Decides about a request: at once where this process may, with one question to Redis where it must. Never throws. */
  readonly decide: (ask: Ask) => Verdict | Promise<Verdict>;
  /** Finds the way to Redis before anybody's request has to. Never throws. */
  readonly getReady: () => Promise<void>;
}

/** After Redis failed to answer it is left alone for so long: not every request has to wait for it in vain. */
const restMs = 1_000;
/** What a caller is told to wait where nothing can be decided without Redis. */
const unavailableMs = 5_000;
const mostLines = 10_000;

/** The limiter of one process. */
export function makeLimiter(options: LimiterOptions): Limiter {
  const limiter = new ProcessLimiter(options);
  return { decide: (ask) => limiter.decide(ask), getReady: () => limiter.getReady() };
}

/** The house did not say how much a company may do. */
class UnknownCompany extends Error {
  constructor(cause?: unknown) {
    super("The house did not say how much this company may do.", { cause });
  }
}

class ProcessLimiter {
  readonly #store: Store | undefined;
  readonly #refresh: (tenantId: string) => Promise<void>;
  readonly #now: () => number;
  readonly #world: Omit<LineWorld, "take">;
  readonly #lines = new Map<string, Line>();
  readonly #refreshing = new Map<string, Promise<void>>();
  readonly #local = new LocalBuckets();
  readonly #uncounted = new Map<string, { readonly tenantId: string | undefined; readonly routeClass: RouteClass; count: number }>();
  readonly #wallClock: () => number;
  #restUntil = Number.NEGATIVE_INFINITY;
  #failures = 0;

  constructor({ redis, refresh, now = () => performance.now(), wallClock, redisClock, later = (ms, work) => void setTimeout(work, ms) }: LimiterOptions) {
    this.#store = redis && new Store(redis, redisClock);
    this.#refresh = refresh;
    this.#now = now;
    this.#wallClock = wallClock;
    const process = crypto.randomUUID().slice(0, 13);
    let loans = 0;
    const newLoanId = () => {
      loans += 1;
      return `${process}-${loans.toString(36)}`;
    };
    this.#world = { now, later, newLoanId };
  }

  async getReady(): Promise<void> {
    await this.#store?.getReady().catch(() => undefined);
  }

  decide(ask: Ask): Verdict | Promise<Verdict> {
    const line = this.#lineOf(ask);
    const here = ask.isFresh === true ? undefined : line.decideHere(ask.cost);
    if (here !== undefined) return verdictOf(here);
    // Whoever gets nothing without Redis is worth a question at any time.
    const isResting = this.#now() < this.#restUntil && classPolicies[ask.routeClass].withoutRedis === "local";
    return this.#store === undefined || isResting ? this.#decideAlone(ask, line) : this.#decideWithRedis(ask, line);
  }

  async #decideWithRedis(ask: Ask, line: Line): Promise<Verdict> {
    try {
      const decision = await line.ask(ask.cost, ask.isFresh);
      this.#failures = 0;
      this.#tellOfBadTimes();
      return verdictOf(decision);
    } catch (error) {
      // What the house cannot say of one company is no reason to do without Redis for the others.
      if (!(error instanceof UnknownCompany)) this.#noteFailure();
      return this.#decideAlone(ask, line);
    }
  }

  /** One late answer is no outage; the second in a row is taken for one. */
  #noteFailure(): void {
    this.#failures += 1;
    if (this.#failures > 1) this.#restUntil = this.#now() + restMs;
  }

  /** By the table: a bucket of this process's own, or none at all. */
  #decideAlone(ask: Ask, line: Line): Verdict {
    const { routeClass, tenantId, cost } = ask;
    const key = `${routeClass} ${tenantId ?? ""}`;
    const counted = this.#uncounted.get(key);
    if (counted === undefined && this.#uncounted.size < mostLines) this.#uncounted.set(key, { tenantId, routeClass, count: 1 });
    else if (counted !== undefined) counted.count += 1;
    const { withoutRedis, buckets: names } = classPolicies[routeClass];
    if (withoutRedis === "refuse") return { outcome: "unavailable", buckets: [], violated: [], retryAfterMs: unavailableMs, isDegraded: true, alarms: [] };
    const { buckets, violated } = this.#local.take(localSizes(ask, names, this.#local), cost, this.#now());
    const waits = buckets.filter(({ name }) => violated.includes(name)).map(({ waitMs }) => waitMs);
    if (violated.length === 0 && this.#store !== undefined) line.owe(cost);
    return { outcome: violated.length === 0 ? "admitted" : "refused", buckets, violated, retryAfterMs: Math.max(0, ...waits), isDegraded: true, alarms: [] };
  }

  #lineOf(ask: Ask): Line {
    const { buckets, leases } = classPolicies[ask.routeClass];
    const key = [buckets.join("+"), ask.tenantId ?? "", ask.userId ?? "", ask.sessionId ?? "", ask.tenantId === undefined || buckets.includes("address") ? ask.address : "", ask.account ?? ""].join(" ");
    const known = this.#lines.get(key);
    if (known !== undefined) return known;
    this.#makeRoom();
    const line = new Line(bucketSet(ask, buckets), leases, { ...this.#world, take: (taking) => this.#take(ask.tenantId, taking) });
    this.#lines.set(key, line);
    return line;
  }

  /** A flood of strange callers must not fill the memory: lines of which nothing would be lost go, the oldest first. */
  #makeRoom(): void {
    if (this.#lines.size < mostLines) return;
    for (const [key, line] of this.#lines) {
      if (line.isIdle) this.#lines.delete(key);
      if (this.#lines.size < mostLines * 0.9) return;
    }
  }

  async #take(tenantId: string | undefined, taking: Taking) {
    if (this.#store === undefined) throw new Error("There is no Redis.");
    const taken = await this.#takeAndSee(this.#store, taking);
    if (taken.kind !== "unknown") return taken;
    if (tenantId !== undefined) await this.#refreshOnce(tenantId);
    // What was told with the first question was not heard: it decided nothing.
    const again = await this.#takeAndSee(this.#store, taking);
    if (again.kind === "unknown") throw new UnknownCompany();
    return again;
  }

  async #takeAndSee(store: Store, taking: Taking): Promise<Taken> {
    const taken = await store.take(taking);
    if (taken.kind !== "ok") return taken;
    const now = this.#now();
    taking.set.buckets.forEach(({ key }, index) => {
      const bucket = taken.buckets[index];
      if (bucket !== undefined) this.#local.see(key, bucket, now);
    });
    return taken;
  }

  #refreshOnce(tenantId: string): Promise<void> {
    const running = this.#refreshing.get(tenantId);
    if (running !== undefined) return running;
    const forget = () => void this.#refreshing.delete(tenantId);
    const started = this.#refresh(tenantId).then(forget, (cause: unknown) => {
      // The house is not asked again at once what it could not say.
      this.#world.later(restMs, forget);
      throw new UnknownCompany(cause);
    });
    this.#refreshing.set(tenantId, started);
    return started;
  }

  /** Once Redis answers again it is told what was decided without it. */
  #tellOfBadTimes(): void {
    if (this.#uncounted.size === 0 || this.#store === undefined) return;
    const pipeline = this.#store.redis.pipeline();
    const day = dayIndex(this.#wallClock());
    for (const { tenantId, routeClass, count } of this.#uncounted.values()) {
      pipeline.hincrby(degradedKey(day), routeClass, count);
      if (tenantId === undefined) continue;
      const key = usageKey(tenantPrefix(tenantId), "day", day);
      pipeline.hincrby(key, "degraded", count).expire(key, keptSeconds);
    }
    pipeline.expire(degradedKey(day), keptSeconds);
    this.#uncounted.clear();
    pipeline.exec().catch(() => undefined);
  }
}

const keptSeconds = 35 * 86_400;

const verdictOf = ({ kind, buckets, violated, alarms, waitMs }: Decision): Verdict => ({ outcome: kind, buckets, violated, alarms, retryAfterMs: waitMs, isDegraded: false });

const usual = planTerms[defaultPlan].limits;

/** The sizes last seen of a company's buckets, whoever of it asked then, or those of the default plan. */
function localSizes(ask: Ask, names: readonly BucketName[], local: LocalBuckets): readonly LocalSize[] {
  const { buckets } = bucketSet(ask, names);
  const seen = (wanted: BucketName): number | undefined => local.capacityOf(buckets.find(({ name }) => name === wanted)?.key ?? "");
  const perMinute = seen("minute") ?? usual.perMinute;
  const sizes = { minute: perMinute, hour: seen("hour") ?? usual.perHour, user: userShare(perMinute) };
  return buckets.map(({ key, name, windowMs }) => ({ key, name, windowMs, capacity: name === "minute" || name === "hour" || name === "user" ? sizes[name] : fixedBuckets[name].capacity }));
}
