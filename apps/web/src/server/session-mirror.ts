import type { Logger, RequestContext } from "@atrium/api";
import { endedKey, hastyRedis } from "@atrium/limits";
import type { RedisDoor } from "@atrium/limits";

export type MirrorEnded = NonNullable<RequestContext["onSessionsEnded"]>;

/**
 * Notes ended sessions where the limiter looks, for as long as each would have lived. It only spares the doors a question:
 * they ask PostgreSQL, so a note that could not be made is a line in the log and no failure.
 */
export function mirrorEnded(redis: RedisDoor, log: Logger, now: () => Date): MirrorEnded {
  const client = hastyRedis(redis);
  return async (sessions, tenantId) => {
    const left = sessions.map(({ id, expiresAt }) => ({ id, ms: expiresAt.getTime() - now().getTime() })).filter(({ ms }) => ms > 0);
    if (left.length === 0) return;
    const notes = client.pipeline();
    for (const { id, ms } of left) notes.set(endedKey(tenantId, id), 1, { px: ms });
    try {
      await notes.exec();
    } catch (error) {
      log.warn({ tenantId, sessions: left.length, err: error }, "ended sessions could not be mirrored");
    }
  };
}
