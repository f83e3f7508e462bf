import type { Logger, RequestContext } from "@atrium/api";
import { endedKey, hastyRedis } from "../edge/ended-sessions.ts";
import type { RedisSettings } from "../edge/ended-sessions.ts";

export type MirrorEnded = NonNullable<RequestContext["onSessionsEnded"]>;

const budgetMs = 150;

/**
 * Notes ended sessions where the edge looks, for as long as each would have lived. It only spares the doors a question:
 * they ask PostgreSQL, so a note that could not be made is a line in the log and no failure.
 */
export function mirrorEnded(redis: RedisSettings, log: Logger, now: () => Date): MirrorEnded {
  const client = hastyRedis(redis, budgetMs);
  return async (sessions) => {
    const left = sessions.map(({ id, expiresAt }) => ({ id, ms: expiresAt.getTime() - now().getTime() })).filter(({ ms }) => ms > 0);
    if (left.length === 0) return;
    const notes = client.pipeline();
    for (const { id, ms } of left) notes.set(endedKey(id), 1, { px: ms });
    try {
      await notes.exec();
    } catch (error) {
      log.warn({ sessions: left.length, err: error }, "ended sessions could not be mirrored");
    }
  };
}
