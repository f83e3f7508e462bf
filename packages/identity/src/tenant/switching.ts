import type { SessionClaims } from "@atrium/api";
import type { Database } from "@atrium/db";

/** A company that somebody is signed in to. */
export interface OpenCompany {
  readonly slug: string;
  readonly name: string;
}

/**
 * The companies of those sessions that still hold, by name. It only looks: a session that nobody uses goes to sleep, however
 * often its person looks for the way back to it.
 */
export async function companiesSignedInTo(database: Database, sessions: readonly SessionClaims[], now: Date): Promise<readonly OpenCompany[]> {
  const found = await Promise.all(sessions.map((claims) => companyOf(database, claims, now)));
  return found.flat().toSorted((one, other) => one.name.localeCompare(other.name));
}

function companyOf(database: Database, { tenantId, sessionId, epoch }: SessionClaims, now: Date): Promise<OpenCompany[]> {
  return database.withTenant(
    tenantId,
    (db) => db.$queryRaw<OpenCompany[]>`
      SELECT t.slug, t.name
      FROM session s JOIN tenant t ON t.id = s.tenant_id JOIN member m ON m.tenant_id = s.tenant_id AND m.id = s.member_id
      WHERE s.tenant_id = ${tenantId} AND s.id = ${sessionId} AND s.ended_at IS NULL AND s.expires_at > ${now}
        AND s.last_seen_at > ${now}::timestamptz - make_interval(mins => t.session_idle_minutes)
        AND t.status <> 'deleted' AND m.status = 'active' AND m.session_epoch = ${epoch}`,
  );
}
