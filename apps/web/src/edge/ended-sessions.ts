import { Redis } from "@upstash/redis/cloudflare";

export interface RedisSettings {
  readonly url: string;
  readonly token: string;
  /** Instead of the usual budget of each question. */
  readonly budgetMs?: number;
}

export const redisSettings = (url: string | undefined, token: string | undefined): RedisSettings | undefined =>
  url && token ? { url, token } : undefined;

/** The mirror's entry of a session that was ended; it lives as long as the session would have. */
export const endedKey = (sessionId: string): string => `session-ended:${sessionId}`;

/** A client that gives up instead of trying again: whoever asks waits no longer than the budget. */
export const hastyRedis = ({ url, token, budgetMs }: RedisSettings, usualMs: number): Redis =>
  new Redis({ url, token, retry: false, enableTelemetry: false, enableAutoPipelining: false, signal: () => AbortSignal.timeout(budgetMs ?? usualMs) });

/** Whether a session stands in the mirror of ended ones. */
export type IsEnded = (sessionId: string) => Promise<boolean>;

const usualBudgetMs = 100;

/**
 * Asks the mirror, in one round trip. PostgreSQL is the truth and every door asks it: where Redis is down, slow or was
 * emptied the answer is no, and the call goes on to a door that knows.
 */
export function askMirror(settings: RedisSettings | undefined): IsEnded {
  if (settings === undefined) return async () => false;
  const redis = hastyRedis(settings, usualBudgetMs);
  return async (sessionId) => (await redis.exists(endedKey(sessionId)).catch(() => 0)) === 1;
}
