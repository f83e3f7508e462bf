import type { TenantDb } from "@atrium/db";
import { AppError, grantsOf, isPermission, isRole, operatorGrants, operatorRole, permissionScopes, roleGrants, standingAt, standingEnds } from "@atrium/kernel";
import type { Permission, RoleGrants, Scope, Standing, SubscriptionFacts } from "@atrium/kernel";
import { z } from "zod";
import type { Actor, CurrentSession, CurrentTenant, Obstacle } from "./context.ts";

/** What the signed token says. It names a session; whether that session still holds is looked up. */
export interface SessionClaims {
  readonly sessionId: string;
  readonly tenantId: string;
  readonly tenantSlug: string;
  /** Counts up whenever this member's sessions are ended at once; a token with an older number has ended. */
  readonly epoch: number;
  /** The member, or the support grant, whose session it is. Missing in tokens that were made before it stood there. */
  readonly userId?: string | undefined;
}

export interface ProvedSession {
  readonly tenant: CurrentTenant;
  readonly actor: Actor;
  readonly session: CurrentSession;
}

interface SessionRow extends SubscriptionFacts {
  readonly slug: string;
  readonly tenantName: string;
  readonly timeZone: string;
  readonly tenantStatus: string;
  readonly requiresMfa: boolean;
  readonly idleMinutes: number;
  readonly isStrong: boolean;
  readonly lastSeenAt: Date;
  readonly verifiedAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  readonly memberId: string | null;
  readonly name: string | null;
  readonly memberStatus: string | null;
  readonly roles: readonly string[] | null;
  readonly ownRoles: unknown;
  readonly employeeId: string | null;
  readonly epoch: number | null;
  readonly operatorId: string | null;
  readonly operatorName: string | null;
  readonly grantStatus: string | null;
  readonly grantExpiresAt: Date | null;
}

/** A session that is used is written down as such no more often than this. */
const touchEveryMs = 60_000;

/**
 * Proves in one round trip that the session holds and whose it is. Throws `session/ended`, `tenant_not_found` for a
 * company that was deleted, or `tenant_suspended`.
 */
export async function proveSession(db: TenantDb, claims: SessionClaims, now: Date): Promise<ProvedSession> {
  const row = await loadSession(db, claims);
  if (!row || hasEnded(row, claims, now)) throw new AppError("session/ended", "unauthenticated");
  if (row.tenantStatus === "deleted") throw new AppError("tenant_not_found", "not-found");
  if (row.tenantStatus !== "active") throw new AppError("tenant_suspended", "forbidden");
  if (now.getTime() - row.lastSeenAt.getTime() > touchEveryMs) await touch(db, claims, now);
  const standing = standingAt(row, now);
  return {
    tenant: { id: claims.tenantId, slug: row.slug, name: row.tenantName, timeZone: row.timeZone },
    actor: actorFrom(row),
    session: { id: claims.sessionId, verifiedAt: row.verifiedAt, isStrong: row.isStrong, standing, standingEnds: standingEnds(row, now), obstacle: obstacleOf(row, standing) },
  };
}

async function loadSession(db: TenantDb, { tenantId, sessionId }: SessionClaims): Promise<SessionRow | undefined> {
  const [row] = await db.$queryRaw<SessionRow[]>`
    SELECT t.slug, t.name AS "tenantName", t.time_zone AS "timeZone", t.status AS "tenantStatus", t.kind, t.subscription_until AS "subscriptionUntil",
           t.plan, t.seats, t.next_plan AS "nextPlan", t.next_seats AS "nextSeats", t.next_plan_at AS "nextPlanAt", t.cancelled_at AS "cancelledAt",
           t.requires_mfa AS "requiresMfa", t.session_idle_minutes AS "idleMinutes",
           s.is_strong AS "isStrong", s.last_seen_at AS "lastSeenAt", s.verified_at AS "verifiedAt", s.expires_at AS "expiresAt", s.ended_at AS "endedAt",
           m.id AS "memberId", m.name, m.status AS "memberStatus", m.roles, m.employee_id AS "employeeId", m.session_epoch AS "epoch",
           (SELECT jsonb_object_agg(r.id, r.grants) FROM role r WHERE r.tenant_id = m.tenant_id AND r.id = ANY (m.roles)) AS "ownRoles",
           g.operator_id AS "operatorId", g.operator_name AS "operatorName", g.status AS "grantStatus", g.expires_at AS "grantExpiresAt"
    FROM session s
    JOIN tenant t ON t.id = s.tenant_id
    LEFT JOIN member m ON m.tenant_id = s.tenant_id AND m.id = s.member_id
    LEFT JOIN support_grant g ON g.tenant_id = s.tenant_id AND g.id = s.support_grant_id
    WHERE s.tenant_id = ${tenantId} AND s.id = ${sessionId}`;
  return row;
}

function hasEnded(row: SessionRow, claims: SessionClaims, now: Date): boolean {
  const idleSince = now.getTime() - row.lastSeenAt.getTime();
  if (row.endedAt !== null || row.expiresAt <= now || idleSince > row.idleMinutes * 60_000) return true;
  if (row.memberId === null) return row.grantStatus !== "granted" || row.grantExpiresAt === null || row.grantExpiresAt <= now;
  return row.memberStatus !== "active" || row.epoch !== claims.epoch;
}

/** Of several calls at the same moment one writes; the others do not wait for it. */
async function touch(db: TenantDb, { tenantId, sessionId }: SessionClaims, now: Date): Promise<void> {
  await db.$executeRaw`
    UPDATE session SET last_seen_at = ${now} WHERE tenant_id = ${tenantId} AND id = (
      SELECT id FROM session WHERE tenant_id = ${tenantId} AND id = ${sessionId} AND ended_at IS NULL FOR UPDATE SKIP LOCKED)`;
}

function obstacleOf(row: SessionRow, standing: Standing): Obstacle | undefined {
  if (row.requiresMfa && !row.isStrong && row.memberId !== null) return "enrolling";
  return standing === "closed" ? "expired" : undefined;
}

function actorFrom(row: SessionRow): Actor {
  if (row.memberId === null) {
    return {
      kind: "operator", memberId: undefined, operatorId: row.operatorId ?? undefined, employeeId: undefined,
      name: row.operatorName ?? "", roles: [], grants: grantsOf([supportRole]),
    };
  }
  const roles = row.roles ?? [];
  return {
    kind: "member", memberId: row.memberId, operatorId: undefined, employeeId: row.employeeId ?? undefined,
    name: row.name ?? "", roles, grants: grantsOf(row.kind === "platform" ? platformRoles(roles) : rolesFrom(roles, row.ownRoles)),
  };
}

/** Our support looks at what an auditor may look at; it uncovers nothing and takes nothing away with it. */
const supportRole: RoleGrants = Object.fromEntries(Object.entries(roleGrants.auditor).filter(([permission]) => !/:(export|reveal)$/.test(permission)));

/** In the platform's own tenant one role alone grants something, and only there. */
const platformRoles = (held: readonly string[]): readonly RoleGrants[] => (held.includes(operatorRole) ? [operatorGrants] : []);

const storedGrants = z.record(z.string(), z.string());
const storedRoles = z.record(z.string(), z.unknown()).nullable();

/** The grants behind a member's roles. What stands in a company's own role and is no permission of the house grants nothing. */
function rolesFrom(held: readonly string[], own: unknown): readonly RoleGrants[] {
  const stored = storedRoles.parse(own ?? null) ?? {};
  return held.flatMap((name) => (isRole(name) ? [roleGrants[name]] : Object.hasOwn(stored, name) ? [readGrants(stored[name])] : []));
}

/** Reads the grants of a company's own role as they are stored. Whatever it says of the platform, a company cannot grant. */
export function readGrants(stored: unknown): RoleGrants {
  return Object.fromEntries(Object.entries(storedGrants.parse(stored)).filter((grant) => isGrant(grant)));
}

function isGrant(grant: readonly [string, string]): grant is readonly [Permission, Scope] {
  const [permission, scope] = grant;
  return isPermission(permission) && !permission.startsWith("platform:") && permissionScopes[permission].some((possible: string) => possible === scope);
}

/** The company a job works for. Throws `tenant_not_found` when it is gone. */
export async function loadTenant(db: TenantDb, tenantId: string): Promise<CurrentTenant> {
  const tenant = await db.tenant.findUnique({ where: { id: tenantId }, select: { id: true, slug: true, name: true, timeZone: true } });
  if (!tenant) throw new AppError("tenant_not_found", "not-found");
  return tenant;
}
