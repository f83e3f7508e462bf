import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis/cloudflare";
import { addressPrefix, bucketKey, configKey, endedKey, tenantPrefix } from "./keys.ts";
import { fixedBuckets } from "./route-classes.ts";
import type { BucketName } from "./route-classes.ts";
import { publishScript, takeScript } from "./script.ts";
import { userShare } from "./verdict.ts";
import type { Ask, BucketState, TenantLimits } from "./verdict.ts";

/** Where the REST door to Redis is. */
export interface RedisDoor {
  readonly url: string;
  readonly token: string;
  /** For how long an answer is waited for, in ms. */
  readonly budgetMs?: number;
}

const usualBudgetMs = 150;
const readyMs = 5_000;

/**
 * Ends after the budget. A process that was itself too busy to look finds its answers when it looks again: before anything
 * is given up, what has arrived meanwhile is read, or this process's own load would pass for a Redis that is gone.
 */
function patience(budgetMs: number): AbortSignal {
  const controller = new AbortController();
  const looks = 3;
  const look = (left: number) => setTimeout(() => (left === 0 ? controller.abort(new DOMException("Redis did not answer in time.", "TimeoutError")) : look(left - 1)));
  AbortSignal.timeout(budgetMs).addEventListener("abort", () => look(looks));
  return controller.signal;
}

/** A client that gives up instead of trying again: whoever asks waits no longer than the budget. */
export const hastyRedis = ({ url, token, budgetMs = usualBudgetMs }: RedisDoor): Redis =>
  new Redis({ url, token, retry: false, enableTelemetry: false, enableAutoPipelining: false, signal: () => patience(budgetMs) });

/** A loan that ends: so many tokens of it were not spent. */
export interface EndedLoan {
  readonly id: string;
  readonly tokens: number;
  readonly unspent: number;
}

/** The buckets that requests of one kind and person draw on together. */
export interface BucketSet {
  readonly prefix: string;
  readonly configKey: string;
  readonly endedKey: string;
  readonly who: string;
  /** Whether a company's usage is counted. */
  readonly isCounted: boolean;
  readonly buckets: readonly BucketRef[];
}

export interface BucketRef {
  readonly name: BucketName;
  readonly key: string;
  /** Undefined where the company's config says it. */
  readonly capacity: number | undefined;
  readonly windowMs: number;
}

export interface Taking {
  readonly set: BucketSet;
  readonly costs: readonly number[];
  /** Tokens wanted beyond the costs, and the id of their loan. */
  readonly loan?: { readonly id: string; readonly ms: number; readonly wanted: number };
  readonly ended: readonly EndedLoan[];
  /** Let through without Redis: taken from the buckets first of all, which may fall below nothing by it. */
  readonly owed: number;
  /** Since the last word of this process about this set. */
  readonly spent: number;
  readonly refused: { readonly count: number; readonly bucket: string };
}

export type Taken =
  | { readonly kind: "unknown" }
  | { readonly kind: "ended" }
  | {
      readonly kind: "ok";
      /** For each cost, in order. */
      readonly granted: readonly boolean[];
      readonly lent: number;
      readonly violated: readonly BucketName[];
      readonly alarms: readonly BucketName[];
      readonly buckets: readonly BucketState[];
    };

const windows: Readonly<Record<"minute" | "hour" | "user", number>> = { minute: 60_000, hour: 3_600_000, user: 60_000 };

function bucketRef(prefix: string, name: BucketName, { userId = "", account = "" }: Ask): BucketRef {
  if (name === "minute" || name === "hour") return { name, key: bucketKey(prefix, name), capacity: undefined, windowMs: windows[name] };
  if (name === "user") return { name, key: bucketKey(prefix, name, userId), capacity: undefined, windowMs: windows.user };
  const owner = name === "page" ? userId : name === "account" ? account : "";
  return { name, key: bucketKey(prefix, name, owner), ...fixedBuckets[name] };
}

/** The buckets behind a request. What has no session lies under its address: no stranger reaches a company's keys. */
export function bucketSet(ask: Ask, names: readonly BucketName[]): BucketSet {
  const { tenantId, sessionId = "-", userId = "" } = ask;
  const isCompanys = tenantId !== undefined && !names.includes("address");
  const prefix = isCompanys ? tenantPrefix(tenantId) : addressPrefix(ask.address);
  return {
    prefix,
    configKey: isCompanys ? configKey(tenantId) : `${prefix}:config`,
    endedKey: isCompanys ? endedKey(tenantId, sessionId) : `${prefix}:ended:-`,
    who: userId,
    isCounted: isCompanys && names.includes("minute"),
    // A request that names no account, such as a link of a mail, is one of its address alone.
    buckets: names.filter((name) => name !== "account" || ask.account !== undefined).map((name) => bucketRef(prefix, name, ask)),
  };
}

/** How Redis is asked. `clock` is for tests: in its place stands Redis's own. */
export class Store {
  readonly redis: Redis;
  readonly #door: RedisDoor;
  readonly #clock: (() => number) | undefined;
  readonly #front: Ratelimit;
  readonly #take;
  readonly #calls = new Map<string, { readonly taking: Taking; taken?: Taken }>();
  #count = 0;

  constructor(door: RedisDoor, clock?: () => number) {
    this.redis = hastyRedis(door);
    this.#door = door;
    this.#clock = clock;
    this.#take = this.redis.createScript<readonly unknown[]>(takeScript);
    // The library stands before Redis; the algorithm is ours. Its own cache, its time-out that lets everything pass and
    // its statistics stay out: each would decide behind our back.
    this.#front = new Ratelimit({ redis: this.redis, limiter: () => this.#algorithm(), timeout: 0, ephemeralCache: false, analytics: false, prefix: "atrium" });
  }

  /** The first question of a process takes its time: nobody who asks for something should wait for it. */
  async getReady(): Promise<void> {
    await hastyRedis({ ...this.#door, budgetMs: readyMs }).scriptLoad(takeScript);
  }

  /** Takes from all buckets of a set, in one round trip. Throws when Redis does not answer within the budget. */
  async take(taking: Taking): Promise<Taken> {
    this.#count += 1;
    const id = String(this.#count);
    const call: { readonly taking: Taking; taken?: Taken } = { taking };
    this.#calls.set(id, call);
    try {
      await this.#front.limit(id);
    } finally {
      this.#calls.delete(id);
    }
    if (call.taken === undefined) throw new Error("The limiter's front answered without asking.");
    return call.taken;
  }

  #algorithm() {
    return {
      /** The library knows a call by a text alone; what it stands for is kept beside. */
      limit: async (_context: unknown, identifier: string) => {
        const call = this.#calls.get(identifier.slice(identifier.lastIndexOf(":") + 1));
        if (call === undefined) throw new Error("The limiter was asked for a call that it does not know.");
        const taken = read(call.taking.set, await this.#take.exec(keysOf(call.taking.set), this.#argumentsOf(call.taking)));
        call.taken = taken;
        const success = taken.kind === "ok" && taken.granted.every(Boolean);
        const { capacity = 0, remaining = 0, waitMs = 0 } = taken.kind === "ok" ? (taken.buckets[0] ?? {}) : {};
        return { success, limit: capacity, remaining, reset: waitMs, pending: Promise.resolve() };
      },
      getRemaining: () => Promise.reject(new Error("Usage is read by readUsage.")),
      resetTokens: () => Promise.reject(new Error("A company's limits are raised by an override.")),
    };
  }

  #argumentsOf({ set, costs, loan, ended, owed, spent, refused }: Taking): string[] {
    return [
      this.#clock === undefined ? "" : String(Math.floor(this.#clock())), set.prefix, loan?.id ?? "", String(loan?.ms ?? 1_000), String(loan?.wanted ?? 0),
      costs.join(","), ended.map(({ id, tokens, unspent }) => `${id}:${String(tokens)}:${String(unspent)}`).join(","),
      set.who, String(spent), `${String(refused.count)}:${refused.bucket}`, set.isCounted ? "usage" : "", String(owed),
      ...set.buckets.flatMap(({ name, key, capacity, windowMs }) => [name, key, capacity === undefined ? name : "", String(capacity ?? 0), String(windowMs)]),
    ];
  }

  /** Keeps a company's sizes for the edge. An older version never overwrites a newer. Throws when Redis does not answer. */
  async publish(tenantId: string, { perMinute, perHour, version }: TenantLimits, holdsMs = keptMs): Promise<void> {
    const sizes = [version, perMinute, perHour, userShare(perMinute), Math.max(1, Math.min(keptMs, Math.ceil(holdsMs)))].map(String);
    await this.redis.createScript(publishScript).exec([configKey(tenantId)], sizes);
  }
}

/** After so long the house is asked again, so that a word that was lost costs a company no more than this. */
const keptMs = 60_000;

const keysOf = ({ configKey: config, endedKey: ended, buckets }: BucketSet): string[] => [config, ended, ...buckets.map(({ key }) => key)];

const namesIn = (set: BucketSet, text: unknown): readonly BucketName[] => {
  const said = String(text).split(",");
  return set.buckets.map(({ name }) => name).filter((name) => said.includes(name));
};

function read(set: BucketSet, [kind, flags, lent, violated, alarms, ...levels]: readonly unknown[]): Taken {
  if (kind === "unknown" || kind === "ended") return { kind };
  if (kind !== "ok") throw new Error("The limiter's script answered in a way that it never should.");
  return {
    kind,
    granted: Array.from(String(flags).slice(1), (flag) => flag === "1"),
    lent: Number(lent),
    violated: namesIn(set, violated),
    alarms: namesIn(set, alarms),
    buckets: set.buckets.map(({ name, windowMs }, index) => ({
      name, windowMs, capacity: Number(levels[index * 3]), remaining: Math.max(0, Math.floor(Number(levels[index * 3 + 1]))), waitMs: Number(levels[index * 3 + 2]),
    })),
  };
}

/**
 * Keeps a company's sizes for the edge, for `holdsMs` where the clock changes them sooner than they would be asked for again.
 * Throws when Redis does not answer within the budget.
 */
export const publishLimits = (door: RedisDoor, tenantId: string, limits: TenantLimits, holdsMs?: number): Promise<void> => new Store(door).publish(tenantId, limits, holdsMs);
