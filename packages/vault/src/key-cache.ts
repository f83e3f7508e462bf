import type { KeyObject } from "node:crypto";

/** Unwrapped keys in memory, for a while. */
export interface KeyCache {
  get(name: string): KeyObject | undefined;
  set(name: string, key: KeyObject): void;
}

export interface KeyCacheOptions {
  readonly max?: number;
  readonly keepMs?: number;
  /** Milliseconds from any fixed moment. */
  readonly clockMs?: () => number;
}

/** Remembers the keys used last, each for five minutes from its unwrapping: a key that is taken away stops working then. */
export function openKeyCache({ max = 1_000, keepMs = 300_000, clockMs = () => performance.now() }: KeyCacheOptions = {}): KeyCache {
  const entries = new Map<string, { readonly key: KeyObject; readonly until: number }>();
  return {
    get: (name) => {
      const entry = entries.get(name);
      if (!entry) return undefined;
      entries.delete(name);
      if (entry.until <= clockMs()) return undefined;
      // A map keeps the order of insertion, so the one put back is the youngest.
      entries.set(name, entry);
      return entry.key;
    },
    set: (name, key) => {
      entries.set(name, { key, until: clockMs() + keepMs });
      const [oldest] = entries.keys();
      if (entries.size > max && oldest !== undefined) entries.delete(oldest);
    },
  };
}
