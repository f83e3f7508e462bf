import { readGrants } from "@atrium/api";
import type { Ctx } from "@atrium/api";
import { faultFrom } from "@atrium/db";
import { beyond, refusal, roleGrants, roles } from "@atrium/kernel";
import type { RoleGrants } from "@atrium/kernel";
import { requireModule } from "../plan/service.ts";
import { roleErrors } from "./contract.ts";
import type { CreateRole, RemoveRole, RoleList, RoleRow, UpdateRole } from "./contract.ts";
import { beyondChange } from "./rules.ts";

const columns = { id: true, name: true, description: true, grants: true, version: true } as const;

/** A role of the company's own as it is kept. */
interface OwnRole {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly grants: unknown;
  readonly version: number;
}

const grantsOf = (role: OwnRole): RoleGrants => readGrants(role.grants);

/** Every role of the company: the built-in ones, then its own by name, each with how many hold it. */
export async function listRoles(ctx: Ctx): Promise<RoleList> {
  const own = await ctx.db.role.findMany({ where: { tenantId: ctx.tenant.id }, orderBy: { nameLower: "asc" }, select: columns });
  const counts = await ctx.db.$queryRaw<{ role: string; members: number }[]>`
    SELECT role, count(*)::int AS members FROM member, unnest(roles) AS role WHERE tenant_id = ${ctx.tenant.id} GROUP BY role`;
  const membersOf = new Map(counts.map(({ role, members }) => [role, members]));
  const builtIn = roles.map((id): Shown => ({ id, name: null, description: "", isBuiltIn: true, version: 1, grants: roleGrants[id] }));
  const shown = [...builtIn, ...own.map(shownFrom)];
  return shown.map((role) => toRow(ctx, role, membersOf.get(role.id) ?? 0));
}

/** Makes a role of the company's own. Throws `plan/without-custom-roles`, `role/beyond-own`, `role/name-taken`. */
export async function createRole(ctx: Ctx, { name, description, grants }: CreateRole): Promise<RoleRow> {
  await requireModule(ctx, "custom-roles");
  assertWithin(ctx, { after: grants });
  const { tenant, now } = ctx;
  const id = ctx.newId("rol");
  const created = await namedOnce(() =>
    ctx.db.role.create({ data: { tenantId: tenant.id, id, name, description, grants, createdAt: now, updatedAt: now }, select: columns }),
  );
  ctx.audit({ action: "role.create", entityId: id, after: told(created) });
  return toRow(ctx, shownFrom(created), 0);
}

/**
 * Changes a role of the company's own, for everybody who holds it and at once: grants are read with every call. Throws
 * `role/not-found`, `role/beyond-own`, `role/name-taken`, and `role/changed-meanwhile` when somebody else was faster.
 */
export async function updateRole(ctx: Ctx, { id, version, name, description, grants }: UpdateRole): Promise<RoleRow> {
  const before = await lockRole(ctx, id);
  assertWithin(ctx, { before: grantsOf(before), after: grants });
  if (before.version !== version) throw refusal(roleErrors, "role/changed-meanwhile");
  const saved = await namedOnce(() =>
    ctx.db.role.update({
      where: { tenantId_id: { tenantId: ctx.tenant.id, id } },
      data: { name, description, grants, version: version + 1, updatedAt: ctx.now },
      select: columns,
    }),
  );
  ctx.audit({ action: "role.update", entityId: id, before: told(before), after: told(saved) });
  return toRow(ctx, shownFrom(saved), await countHolders(ctx, id));
}

/** Removes a role that nobody holds and no single sign-on gives. Throws `role/not-found`, `role/beyond-own`, `role/still-held`. */
export async function removeRole(ctx: Ctx, { id }: RemoveRole): Promise<void> {
  const before = await lockRole(ctx, id);
  assertWithin(ctx, { before: grantsOf(before) });
  const members = await countHolders(ctx, id);
  const givers = await ctx.db.ssoConnection.count({ where: { tenantId: ctx.tenant.id, defaultRoles: { has: id } } });
  if (members + givers > 0) throw refusal(roleErrors, "role/still-held", { params: { members, connections: givers } });
  await ctx.db.role.delete({ where: { tenantId_id: { tenantId: ctx.tenant.id, id } }, select: { id: true } });
  ctx.audit({ action: "role.remove", entityId: id, before: told(before) });
}

/** Held until the commit, so that nobody is given the role while it changes. Whoever gives it holds it in the same way. */
async function lockRole(ctx: Ctx, id: string): Promise<OwnRole> {
  const [found] = await ctx.db.$queryRaw<OwnRole[]>`
    SELECT id, name, description, grants, version FROM role WHERE tenant_id = ${ctx.tenant.id} AND id = ${id} FOR UPDATE`;
  if (!found) throw refusal(roleErrors, "role/not-found");
  return found;
}

function assertWithin(ctx: Ctx, change: { readonly before?: RoleGrants; readonly after?: RoleGrants }): void {
  const refused = beyondChange({ ...change, own: ctx.actor.grants });
  if (refused.length > 0) throw refusal(roleErrors, "role/beyond-own", { field: "grants", params: { permissions: refused.join(", ") } });
}

async function namedOnce(write: () => Promise<OwnRole>): Promise<OwnRole> {
  try {
    return await write();
  } catch (error) {
    if (faultFrom(error)?.kind === "unique") throw refusal(roleErrors, "role/name-taken", { field: "name" });
    throw error;
  }
}

const countHolders = (ctx: Ctx, id: string): Promise<number> => ctx.db.member.count({ where: { tenantId: ctx.tenant.id, roles: { has: id } } });

type Shown = Omit<RoleRow, "members" | "isWithinOwn" | "grants"> & { readonly grants: RoleGrants };

const shownFrom = (role: OwnRole): Shown => ({ id: role.id, name: role.name, description: role.description ?? "", isBuiltIn: false, version: role.version, grants: grantsOf(role) });

const toRow = (ctx: Ctx, role: Shown, members: number): RoleRow => ({ ...role, members, isWithinOwn: beyond(ctx.actor.grants, role.grants).length === 0 });

const told = (role: OwnRole) => ({ name: role.name, description: role.description, grants: grantsOf(role) });
