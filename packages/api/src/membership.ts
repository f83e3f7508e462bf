import type { TenantDb } from "@atrium/db";
import { AppError, isRole } from "@atrium/kernel";
import type { Actor, CurrentTenant } from "./context.ts";

/** What the signed session says. The tenant in it is believed; that the member still belongs to it is looked up. */
export interface SessionClaims {
  readonly tenantId: string;
  readonly tenantSlug: string;
  readonly memberId: string;
  /** Counts up whenever this member's sessions are ended at once; an older number is a session that has ended. */
  readonly epoch: number;
}

interface MembershipRow {
  readonly slug: string;
  readonly tenantName: string;
  readonly timeZone: string;
  readonly tenantStatus: string;
  readonly name: string;
  readonly status: string;
  readonly roles: readonly string[];
  readonly employeeId: string | null;
  readonly epoch: number;
}

/** Proves the claimed membership, in one round trip. Throws `session/ended` or `tenant/suspended`. */
export async function proveMembership(db: TenantDb, claims: SessionClaims): Promise<{ readonly tenant: CurrentTenant; readonly actor: Actor }> {
  const [row] = await db.$queryRaw<MembershipRow[]>`
    SELECT t.slug, t.name AS "tenantName", t.time_zone AS "timeZone", t.status AS "tenantStatus",
           m.name, m.status, m.roles, m.employee_id AS "employeeId", m.session_epoch AS "epoch"
    FROM member m JOIN tenant t ON t.id = m.tenant_id
    WHERE m.tenant_id = ${claims.tenantId} AND m.id = ${claims.memberId}`;
  if (!row || row.status !== "active" || row.epoch !== claims.epoch) throw new AppError("session/ended", "unauthenticated");
  if (row.tenantStatus !== "active") throw new AppError("tenant/suspended", "forbidden");
  return {
    tenant: { id: claims.tenantId, slug: row.slug, name: row.tenantName, timeZone: row.timeZone },
    actor: {
      kind: "member",
      memberId: claims.memberId,
      employeeId: row.employeeId ?? undefined,
      name: row.name,
      roles: row.roles.filter(isRole),
    },
  };
}

/** The company a job works for. Throws `tenant/not-found` when it is gone. */
export async function loadTenant(db: TenantDb, tenantId: string): Promise<CurrentTenant> {
  const tenant = await db.tenant.findUnique({ where: { id: tenantId }, select: { id: true, slug: true, name: true, timeZone: true } });
  if (!tenant) throw new AppError("tenant/not-found", "not-found");
  return tenant;
}
