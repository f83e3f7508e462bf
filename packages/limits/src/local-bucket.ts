import type { BucketState } from "./verdict.ts";

interface Level {
  readonly tokens: number;
  readonly at: number;
  readonly capacity: number;
}

/** Beyond so many keys the oldest are forgotten: a flood from everywhere may not fill the memory. */
const mostKeys = 20_000;

/** What a bucket is called, and how large it is. */
export interface LocalSize extends Pick<BucketState, "name" | "capacity" | "windowMs"> {
  readonly key: string;
}

/** Token buckets in this process's memory, for as long as Redis cannot be asked: as Redis last told of them, or full, refilled evenly. */
export class LocalBuckets {
  readonly #levels = new Map<string, Level>();

  /** Notes what Redis says of a bucket: what is used up there is used up here as well. */
  see(key: string, { remaining, capacity }: Pick<BucketState, "remaining" | "capacity">, now: number): void {
    this.#keep(key, { tokens: remaining, at: now, capacity });
  }

  /** How large a bucket was when it was last heard of, whoever asked; undefined for one that nobody knows. */
  capacityOf(key: string): number | undefined {
    return this.#levels.get(key)?.capacity;
  }

  /** Takes from all or from none. Answers the buckets afterwards and the names of those that had too little. */
  take(sizes: readonly LocalSize[], cost: number, now: number): { readonly buckets: readonly BucketState[]; readonly violated: readonly BucketState["name"][] } {
    const levels = sizes.map((size) => this.#levelOf(size, now));
    const violated = sizes.filter((_, index) => (levels[index] ?? 0) < cost).map(({ name }) => name);
    const taken = violated.length === 0 ? cost : 0;
    const buckets = sizes.map(({ key, name, capacity, windowMs }, index) => {
      const left = (levels[index] ?? 0) - taken;
      this.#keep(key, { tokens: left, at: now, capacity });
      const wanted = violated.includes(name) ? Math.min(cost, capacity) : Math.min(Math.floor(left) + 1, capacity);
      return { name, capacity, windowMs, remaining: Math.floor(left), waitMs: Math.max(0, Math.ceil(((wanted - left) * windowMs) / capacity)) };
    });
    return { buckets, violated };
  }

  #levelOf({ key, capacity, windowMs }: LocalSize, now: number): number {
    const known = this.#levels.get(key);
    return known === undefined ? capacity : Math.min(capacity, known.tokens + (Math.max(0, now - known.at) * capacity) / windowMs);
  }

  #keep(key: string, level: Level): void {
    // Written anew, the key is the youngest of the map.
    this.#levels.delete(key);
    this.#levels.set(key, level);
    const [oldest] = this.#levels.keys();
    if (this.#levels.size > mostKeys && oldest !== undefined) this.#levels.delete(oldest);
  }
}
