import type { BucketName } from "./route-classes.ts";
import type { BucketSet, EndedLoan, Taken, Taking } from "./store.ts";
import type { BucketState } from "./verdict.ts";

/** Redis keeps a loan for so long; the process that took it trusts it a little shorter, because the answer travelled. */
export const loanMs = 1_000;
const trustedMs = 900;
/** A loan is to last for so long at the rate of the moment; of the first few requests in a while nothing is foretold. */
const aheadMs = 500;
const fewest = 4;
/** The rate is taken over no shorter time than this. */
const paceMs = 250;
/** What is owed is told so much later, if no question comes before. */
const owedMs = 2_000;
/** So many are decided in one question at most. */
const mostAtOnce = 500;

/** What one waiting request is told. */
export interface Decision {
  readonly kind: "admitted" | "refused" | "ended";
  readonly buckets: readonly BucketState[];
  readonly violated: readonly BucketName[];
  readonly alarms: readonly BucketName[];
  readonly waitMs: number;
}

interface Loan {
  readonly id: string;
  readonly tokens: number;
  readonly until: number;
  left: number;
}

interface Block {
  readonly until: number;
  readonly freeAt: number;
  readonly cost: number;
  readonly decision: Decision;
}

interface Waiting {
  readonly cost: number;
  readonly isFresh: boolean;
  readonly resolve: (decision: Decision) => void;
  readonly reject: (reason: unknown) => void;
}

/** What a line asks of the outside: tokens of Redis, ids of loans, and the time. */
export interface LineWorld {
  readonly take: (taking: Taking) => Promise<Exclude<Taken, { readonly kind: "unknown" }>>;
  readonly newLoanId: () => string;
  readonly now: () => number;
  readonly later: (ms: number, work: () => void) => void;
}

/**
 * The requests of one person in one process, which draw on the same buckets. While one question is under way the others
 * wait for it and are asked for together; where there are many, a small loan of tokens lets most be decided at once.
 */
export class Line {
  readonly #set: BucketSet;
  readonly #leases: boolean;
  readonly #world: LineWorld;
  readonly #waiting: Waiting[] = [];
  #isAsking = false;
  #loan: Loan | undefined;
  #ended: EndedLoan[] = [];
  #block: Block | undefined;
  #spent = 0;
  #refused = 0;
  /** Let through while Redis could not be asked, and not yet taken from its buckets. */
  #owed = 0;
  #known: readonly BucketState[] = [];
  #arrived = 0;
  #since: number;
  #perMs = 0;

  constructor(set: BucketSet, leases: boolean, world: LineWorld) {
    this.#set = set;
    this.#leases = leases;
    this.#world = world;
    this.#since = world.now();
  }

  /** Whether nothing would be lost if this line were forgotten. */
  get isIdle(): boolean {
    const now = this.#world.now();
    return !this.#isAsking && this.#waiting.length === 0 && this.#spent + this.#refused + this.#owed === 0 && (this.#loan?.until ?? 0) <= now && (this.#block?.until ?? 0) <= now;
  }

  /** Decides by what this process holds or was just told; undefined when Redis has to be asked. */
  decideHere(cost: number): Decision | undefined {
    this.#arrived += 1;
    return this.#decide(cost);
  }

  #decide(cost: number): Decision | undefined {
    const now = this.#world.now();
    const loan = this.#loan;
    if (loan !== undefined && loan.left >= cost && now < loan.until) {
      loan.left -= cost;
      this.#spent += cost;
      const { left } = loan;
      return { kind: "admitted", buckets: this.#known.map((bucket) => ({ ...bucket, remaining: bucket.remaining + left })), violated: [], alarms: [], waitMs: 0 };
    }
    const block = this.#block;
    if (block === undefined || now >= block.until || cost < block.cost) return undefined;
    this.#refused += 1;
    this.#tellLater();
    return { ...block.decision, alarms: [], waitMs: Math.max(1, Math.ceil(block.freeAt - now)) };
  }

  /** Notes what was let through without Redis: it is taken from the buckets as soon as Redis answers again. */
  owe(cost: number): void {
    this.#owed += cost;
    if (this.#owed === cost) this.#world.later(owedMs, () => void this.#giveBack());
  }

  /**
   * Asks Redis, together with whoever else waits here. Rejects when Redis does not answer.
   * @param isFresh whether no answer will do that was given before
   */
  ask(cost: number, isFresh = false): Promise<Decision> {
    const { promise, resolve, reject } = Promise.withResolvers<Decision>();
    this.#waiting.push({ cost, isFresh, resolve, reject });
    void this.#askForAll();
    return promise;
  }

  async #askForAll(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      while (this.#waiting.length > 0) {
        await this.#askFor(this.#waiting.splice(0, mostAtOnce));
        this.#answerHere();
      }
    } finally {
      this.#isAsking = false;
    }
  }

  /** Who came while a question was under way may not need one of their own any more. */
  #answerHere(): void {
    for (const one of this.#waiting.splice(0)) {
      const decision = one.isFresh ? undefined : this.#decide(one.cost);
      if (decision === undefined) this.#waiting.push(one);
      else one.resolve(decision);
    }
  }

  async #askFor(waiting: readonly Waiting[]): Promise<void> {
    const sentAt = this.#world.now();
    const loan = this.#leases ? { id: this.#world.newLoanId(), ms: loanMs, wanted: this.#wanted(sentAt) } : undefined;
    try {
      const taken = await this.#tell(waiting.map(({ cost }) => cost), loan);
      if (taken.kind === "ended") {
        for (const { resolve } of waiting) resolve({ kind: "ended", buckets: [], violated: [], alarms: [], waitMs: 0 });
        return;
      }
      this.#known = taken.buckets;
      if (loan !== undefined && taken.lent > 0) this.#take({ id: loan.id, tokens: taken.lent, left: taken.lent, until: sentAt + trustedMs });
      this.#answer(waiting, taken, sentAt);
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }

  #answer(waiting: readonly Waiting[], taken: Extract<Taken, { readonly kind: "ok" }>, sentAt: number): void {
    const waitMs = Math.max(1, ...taken.buckets.filter(({ name }) => taken.violated.includes(name)).map((bucket) => bucket.waitMs));
    const refused: Decision = { kind: "refused", buckets: taken.buckets, violated: taken.violated, alarms: taken.alarms, waitMs };
    const admitted: Decision = { kind: "admitted", buckets: taken.buckets, violated: [], alarms: taken.alarms, waitMs: 0 };
    this.#block = undefined;
    waiting.forEach(({ cost, resolve }, index) => {
      const isAdmitted = taken.granted[index] === true;
      // What was refused a moment ago needs no second question until it can be otherwise, or until limits may have changed.
      if (!isAdmitted) this.#block ??= { until: sentAt + Math.min(waitMs, trustedMs), freeAt: sentAt + waitMs, cost, decision: refused };
      // One of them tells of the alarm.
      resolve(index === 0 ? (isAdmitted ? admitted : refused) : { ...(isAdmitted ? admitted : refused), alarms: [] });
    });
  }

  /** As much as the coming moment needs, at the rate of the last one. */
  #wanted(now: number): number {
    const elapsed = now - this.#since;
    const perMs = this.#arrived / Math.max(paceMs, elapsed);
    const wanted = Math.floor(Math.max(perMs, this.#perMs) * aheadMs) - fewest;
    if (elapsed >= paceMs) [this.#perMs, this.#arrived, this.#since] = [perMs, 0, now];
    return Math.max(0, wanted);
  }

  #take(loan: Loan): void {
    this.#retire();
    this.#loan = loan;
    // What is not used goes back before it would be lost.
    this.#world.later(trustedMs - 100, () => {
      if (this.#loan === loan) void this.#giveBack();
    });
  }

  /** Ends the loan in hand: what is left of it can be told and no more be spent. */
  #retire(): void {
    const loan = this.#loan;
    if (loan === undefined) return;
    this.#ended.push({ id: loan.id, tokens: loan.tokens, unspent: loan.left });
    this.#loan = undefined;
  }

  #tellLater(): void {
    if (this.#refused === 1) this.#world.later(trustedMs, () => void this.#giveBack());
  }

  /** A word to Redis without a request: loans that ended, and what was decided here. Lost words cost nothing but counts. */
  async #giveBack(): Promise<void> {
    if (this.#isAsking || (this.#loan === undefined && this.#ended.length + this.#spent + this.#refused + this.#owed === 0)) return;
    try {
      await this.#tell([], undefined);
    } catch {
      // A loan that is not given back ends by itself.
    }
  }

  async #tell(costs: readonly number[], loan: Taking["loan"]) {
    this.#retire();
    const [owed, spent] = [this.#owed, this.#spent];
    const taking: Taking = {
      set: this.#set, costs, ...(loan && { loan }), ended: this.#ended, owed, spent: spent + owed,
      refused: { count: this.#refused, bucket: this.#block?.decision.violated[0] ?? "-" },
    };
    [this.#ended, this.#spent, this.#refused, this.#owed] = [[], 0, 0, 0];
    try {
      return await this.#world.take(taking);
    } catch (error) {
      // Whether it was heard nobody knows. To be charged twice is the smaller evil.
      this.#owed += owed;
      throw error;
    }
  }
}
