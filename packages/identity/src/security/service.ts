import type { Ctx } from "@atrium/api";
import { refusal } from "@atrium/kernel";
import { shortenSessions } from "../session/service.ts";
import { SecurityDto, securityErrors, SecurityPolicy } from "./contract.ts";
import type { UpdateSecurity } from "./contract.ts";
import { refusePolicy } from "./rules.ts";

const columns = { requiresMfa: true, requiresSso: true, sessionMaxMinutes: true, sessionIdleMinutes: true } as const;

/** What the company asks of everybody who signs in. */
export async function getSecurity(ctx: Ctx): Promise<SecurityDto> {
  const policy = await ctx.db.tenant.findUniqueOrThrow({ where: { id: ctx.tenant.id }, select: columns });
  return SecurityDto.parse({ ...policy, ...(await factorCounts(ctx)) });
}

/**
 * Changes what is given and leaves the rest. A shorter session holds for those that run: idleness is asked at every call,
 * and their end is brought forward here. Throws `security/own-factor-missing`, `security/no-connection`,
 * `security/no-break-glass`, `security/idle-beyond-max`.
 */
export async function updateSecurity(ctx: Ctx, change: UpdateSecurity): Promise<SecurityDto> {
  const { id } = ctx.tenant;
  // Locked, so that of two changes at the same moment the second is judged by what the first made of it.
  await ctx.db.$queryRaw`SELECT id FROM tenant WHERE id = ${id} FOR UPDATE`;
  const before = SecurityPolicy.parse(await ctx.db.tenant.findUniqueOrThrow({ where: { id }, select: columns }));
  const after = { ...before, ...change };
  const refused = refusePolicy({ before, after, ...(await standing(ctx)) });
  if (refused) throw refusal(securityErrors, refused);
  await ctx.db.tenant.update({ where: { id }, data: after, select: { id: true } });
  if (after.sessionMaxMinutes < before.sessionMaxMinutes) await shortenSessions(ctx, after.sessionMaxMinutes);
  ctx.audit({ action: "security.change", entityId: id, before, after });
  return getSecurity(ctx);
}

interface Standing {
  readonly hasOwnFactor: boolean;
  readonly enabledConnections: number;
  readonly breakGlassOwners: number;
}

/** What decides whether a tighter policy would lock people out. Recovery codes are no factor: they stand in for one. */
async function standing({ db, tenant, actor }: Ctx): Promise<Standing> {
  const [row] = await db.$queryRaw<Standing[]>`
    WITH strong AS (
      SELECT member_id FROM totp WHERE tenant_id = ${tenant.id} AND confirmed_at IS NOT NULL
      UNION SELECT member_id FROM passkey WHERE tenant_id = ${tenant.id})
    SELECT EXISTS (SELECT FROM strong WHERE member_id = ${actor.memberId ?? ""}) AS "hasOwnFactor",
           (SELECT count(*)::int FROM sso_connection WHERE tenant_id = ${tenant.id} AND is_enabled) AS "enabledConnections",
           (SELECT count(*)::int FROM member m JOIN strong s ON s.member_id = m.id
             WHERE m.tenant_id = ${tenant.id} AND m.status = 'active' AND 'owner' = ANY (m.roles)) AS "breakGlassOwners"`;
  return row ?? { hasOwnFactor: false, enabledConnections: 0, breakGlassOwners: 0 };
}

async function factorCounts({ db, tenant }: Ctx) {
  const [row] = await db.$queryRaw<Pick<SecurityDto, "members" | "membersWithFactor" | "membersWithProvider">[]>`
    SELECT count(*)::int AS members,
           count(*) FILTER (WHERE EXISTS (SELECT FROM totp t WHERE t.tenant_id = m.tenant_id AND t.member_id = m.id AND t.confirmed_at IS NOT NULL)
             OR EXISTS (SELECT FROM passkey p WHERE p.tenant_id = m.tenant_id AND p.member_id = m.id))::int AS "membersWithFactor",
           count(*) FILTER (WHERE EXISTS (SELECT FROM sso_identity i WHERE i.tenant_id = m.tenant_id AND i.member_id = m.id))::int AS "membersWithProvider"
    FROM member m WHERE m.tenant_id = ${tenant.id} AND m.status = 'active'`;
  return row ?? { members: 0, membersWithFactor: 0, membersWithProvider: 0 };
}
