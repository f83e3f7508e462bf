import { ownMemberId } from "@atrium/api";
import type { Ctx, Transact } from "@atrium/api";
import { refusal } from "@atrium/kernel";
import type { Prisma } from "@atrium/db";
import type { Vault } from "@atrium/vault";
import { grantsByRole } from "../member/service.ts";
import { requireModule } from "../plan/service.ts";
import { ConnectionDto, ssoErrors } from "./contract.ts";
import type { AddConnection, ChangeConnection, ConnectionRef, Connections, MyConnection } from "./contract.ts";
import { reach, redirectUriOf, ssoSettings } from "./provider.ts";
import type { Provider } from "./provider.ts";
import { refuseDefaultRoles } from "./rules.ts";

const columns = {
  id: true, name: true, issuer: true, clientId: true, isEnabled: true, joinsByDomain: true, defaultRoles: true,
  _count: { select: { identities: true } },
} as const;
type Columns = Prisma.SsoConnectionGetPayload<{ select: typeof columns }>;

const toDto = ({ _count, ...connection }: Columns): ConnectionDto => ConnectionDto.parse({ ...connection, members: _count.identities });

const secretPlace = (id: string) => ({ table: "sso_connection", column: "client_secret_sealed", rowId: id }) as const;

/** The company's identity providers, in the order of their names. */
export async function listConnections(ctx: Ctx): Promise<ConnectionDto[]> {
  const rows = await ctx.db.ssoConnection.findMany({ where: { tenantId: ctx.tenant.id }, orderBy: { name: "asc" }, select: columns });
  return rows.map(toDto);
}

/** The same with what the provider has to be told of us. */
export async function describeConnections(ctx: Ctx): Promise<Connections> {
  return { rows: await listConnections(ctx), redirectUri: redirectUriOf(ssoSettings(), ctx.tenant.slug) };
}

/** Asks a provider and, when it answers as one, keeps it under the name it gives itself. Throws what `reach` and `addConnection` throw. */
export async function reachAndAdd(transact: Transact, connection: AddConnection): Promise<ConnectionDto> {
  // Before the provider is asked: nothing comes of it where the plan holds none.
  await transact((ctx) => requireModule(ctx, "sso"));
  const { issuer } = (await reach(connection, ssoSettings())).serverMetadata();
  return transact((ctx) => addConnection(ctx, { ...connection, issuer }));
}

/** Adds a provider that has been reached. Throws `plan/without-sso`, `sso/role-unknown`, `sso/role-owner`, `sso/role-beyond-own`, `sso/roles-missing`. */
export async function addConnection(ctx: Ctx, { clientSecret, ...connection }: AddConnection): Promise<ConnectionDto> {
  await requireModule(ctx, "sso");
  await assertRoles(ctx, connection);
  const id = ctx.newId("sso");
  const clientSecretSealed = (await ctx.vault()).seal(secretPlace(id), clientSecret);
  const data = { ...connection, tenantId: ctx.tenant.id, id, clientSecretSealed, createdAt: ctx.now, updatedAt: ctx.now };
  const saved = await ctx.db.ssoConnection.create({ data, select: columns });
  ctx.audit({ action: "sso-connection.add", entityId: id, after: { ...told(saved), secret: fingerprint(await ctx.vault(), clientSecret) } });
  return toDto(saved);
}

/** Changes a provider. Its issuer stays: subjects of another one are other people. Throws `sso/connection-not-found`, `sso/required`, and what `addConnection` throws. */
export async function changeConnection(ctx: Ctx, { connectionId, clientSecret, ...change }: ChangeConnection): Promise<ConnectionDto> {
  const before = await loadConnection(ctx, connectionId);
  await assertRoles(ctx, change);
  if (before.isEnabled && !change.isEnabled) await assertNotRequired(ctx, connectionId);
  const vault = await ctx.vault();
  const sealed = clientSecret === undefined ? {} : { clientSecretSealed: vault.seal(secretPlace(connectionId), clientSecret) };
  const where = { tenantId_id: { tenantId: ctx.tenant.id, id: connectionId } };
  const saved = await ctx.db.ssoConnection.update({ where, data: { ...change, ...sealed, updatedAt: ctx.now }, select: columns });
  const newSecret = clientSecret === undefined ? {} : { secret: fingerprint(vault, clientSecret) };
  ctx.audit({ action: "sso-connection.change", entityId: connectionId, before: told(before), after: { ...told(saved), ...newSecret } });
  return toDto(saved);
}

/** Removes a provider and who somebody is to it. Throws `sso/connection-not-found`, `sso/required`. */
export async function removeConnection(ctx: Ctx, { connectionId }: ConnectionRef): Promise<void> {
  const before = await loadConnection(ctx, connectionId);
  await assertNotRequired(ctx, connectionId);
  const { id: tenantId } = ctx.tenant;
  await ctx.db.ssoIdentity.deleteMany({ where: { tenantId, connectionId } });
  await ctx.db.ssoConnection.delete({ where: { tenantId_id: { tenantId, id: connectionId } }, select: { id: true } });
  ctx.audit({ action: "sso-connection.remove", entityId: connectionId, before: { ...told(before), members: before._count.identities } });
}

/** The providers by which somebody may come in, as the sign-in page names them. */
export async function offeredConnections(ctx: Ctx): Promise<{ readonly id: string; readonly name: string }[]> {
  return ctx.db.ssoConnection.findMany({ where: { tenantId: ctx.tenant.id, isEnabled: true }, orderBy: { name: "asc" }, select: { id: true, name: true } });
}

/** The providers of the caller's company, and by which of them they come in. */
export async function myConnections(ctx: Ctx): Promise<MyConnection[]> {
  const { id: tenantId } = ctx.tenant;
  const memberId = ownMemberId(ctx);
  const [offered, linked] = [await offeredConnections(ctx), await ctx.db.ssoIdentity.findMany({ where: { tenantId, memberId }, select: { connectionId: true } })];
  return offered.map(({ id, name }) => ({ id, name, isLinked: linked.some(({ connectionId }) => connectionId === id) }));
}

/** Takes the caller's own way in by a provider away. Throws `sso/connection-not-found`, and `sso/last-way-in` when no other would be left. */
export async function unlinkConnection(ctx: Ctx, { connectionId }: ConnectionRef): Promise<void> {
  const { id: tenantId } = ctx.tenant;
  const memberId = ownMemberId(ctx);
  const member = await ctx.db.member.findUniqueOrThrow({
    where: { tenantId_id: { tenantId, id: memberId } },
    select: { passwordHash: true, tenant: { select: { requiresSso: true } }, _count: { select: { passkeys: true, ssoIdentities: true } } },
  });
  const hasOther = member._count.ssoIdentities > 1 || (!member.tenant.requiresSso && (member.passwordHash !== null || member._count.passkeys > 0));
  if (!hasOther) throw refusal(ssoErrors, "sso/last-way-in");
  const { count } = await ctx.db.ssoIdentity.deleteMany({ where: { tenantId, connectionId, memberId } });
  if (count === 0) throw refusal(ssoErrors, "sso/connection-not-found");
  ctx.audit({ action: "member.unlink-sso", entityId: memberId, before: { connectionId } });
}

/** What is needed to ask a provider that is in use. Throws `sso/connection-not-found`. */
export async function loadProvider(ctx: Ctx, connectionId: string): Promise<Provider> {
  const where = { tenantId_id: { tenantId: ctx.tenant.id, id: connectionId }, isEnabled: true };
  const found = await ctx.db.ssoConnection.findUnique({ where, select: { issuer: true, clientId: true, clientSecretSealed: true } });
  if (!found) throw refusal(ssoErrors, "sso/connection-not-found");
  const { clientSecretSealed, ...provider } = found;
  return { ...provider, clientSecret: (await ctx.vault()).open(secretPlace(connectionId), clientSecretSealed) };
}

async function loadConnection(ctx: Ctx, id: string): Promise<Columns> {
  const found = await ctx.db.ssoConnection.findUnique({ where: { tenantId_id: { tenantId: ctx.tenant.id, id } }, select: columns });
  if (!found) throw refusal(ssoErrors, "sso/connection-not-found");
  return found;
}

async function assertRoles(ctx: Ctx, { joinsByDomain, defaultRoles }: Pick<AddConnection, "joinsByDomain" | "defaultRoles">): Promise<void> {
  const known = await grantsByRole(ctx, defaultRoles);
  const refused = refuseDefaultRoles({ joinsByDomain, roles: defaultRoles, known, own: ctx.actor.grants });
  if (refused) throw refusal(ssoErrors, refused, { field: "defaultRoles" });
}

/** While everybody has to come in by a provider, one has to be left. */
async function assertNotRequired(ctx: Ctx, connectionId: string): Promise<void> {
  const { id: tenantId } = ctx.tenant;
  // Locked, so that the last two are not taken away at the same moment.
  const [company] = await ctx.db.$queryRaw<{ requiresSso: boolean }[]>`SELECT requires_sso AS "requiresSso" FROM tenant WHERE id = ${tenantId} FOR UPDATE`;
  const others = await ctx.db.ssoConnection.count({ where: { tenantId, isEnabled: true, id: { not: connectionId } } });
  if (company?.requiresSso === true && others === 0) throw refusal(ssoErrors, "sso/required");
}

const told = ({ name, issuer, clientId, isEnabled, joinsByDomain, defaultRoles }: Columns) => ({ name, issuer, clientId, isEnabled, joinsByDomain, defaultRoles });

const fingerprint = (vault: Vault, secret: string): string => vault.fingerprint("sso_connection.client_secret", secret);
