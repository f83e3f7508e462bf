/**
 * The concurrency gate: how many calls of a kind run at the same moment. One server owns the database, so the counts
 * live in memory; the calls that wait are parked jobs in the queue, which a new server wakes all at once.
 */
import { callKey } from "./jobs.ts";
import type { CallJob } from "./jobs.ts";

/** At most `limit` calls that share `key` may run at once. */
export type Limit = { readonly key: string; readonly limit: number };

type Waiter = { readonly call: CallJob; readonly limits: readonly Limit[] };

/** Who is inside, who waits, and in which order they are let in. */
export class Gate {
  readonly #inside = new Map<string, readonly Limit[]>();
  readonly #counts = new Map<string, number>();
  /** Each waiter stands in the line of the first limit that holds it back. */
  readonly #lines = new Map<string, Map<string, Waiter>>();
  readonly #waiting = new Set<string>();

  /** True when the call may run now (or has been let in before). False: it waits in line, park it. */
  enter(call: CallJob, limits: readonly Limit[]): boolean {
    const name = callKey(call);
    if (this.#inside.has(name)) return true;
    if (this.#waiting.has(name)) return false;
    return this.#admit({ call, limits });
  }

  isInside(call: CallJob): boolean {
    return this.#inside.has(callKey(call));
  }

  /** Gives the call's places back. Returns the calls that are now let in, in the order they came. */
  leave(call: CallJob): CallJob[] {
    const name = callKey(call);
    const limits = this.#inside.get(name) ?? [];
    this.#inside.delete(name);
    for (const { key } of limits) this.#count(key, -1);
    return limits.flatMap((limit) => this.#letIn(limit));
  }

  /** Lets a waiter in, or puts it in the line of the limit that is full. */
  #admit(waiter: Waiter): boolean {
    const name = callKey(waiter.call);
    const full = waiter.limits.find((limit) => this.#isFull(limit));
    if (full !== undefined) {
      const line = this.#lines.get(full.key) ?? new Map<string, Waiter>();
      this.#lines.set(full.key, line.set(name, waiter));
      this.#waiting.add(name);
      return false;
    }
    this.#waiting.delete(name);
    this.#inside.set(name, waiter.limits);
    for (const { key } of waiter.limits) this.#count(key, 1);
    return true;
  }

  #letIn(freed: Limit): CallJob[] {
    const letIn: CallJob[] = [];
    const line = this.#lines.get(freed.key) ?? new Map<string, Waiter>();
    for (const [name, waiter] of line) {
      if (this.#isFull(freed)) break;
      line.delete(name);
      if (this.#admit(waiter)) letIn.push(waiter.call);
      // A waiter with a smaller limit of its own went back to the end of this line; its turn comes with a later place.
      else if (line.has(name)) break;
    }
    if (line.size === 0) this.#lines.delete(freed.key);
    return letIn;
  }

  #isFull({ key, limit }: Limit): boolean {
    return (this.#counts.get(key) ?? 0) >= limit;
  }

  #count(key: string, change: 1 | -1): void {
    const count = (this.#counts.get(key) ?? 0) + change;
    if (count === 0) this.#counts.delete(key);
    else this.#counts.set(key, count);
  }
}
