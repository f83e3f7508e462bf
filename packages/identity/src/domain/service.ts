import { randomBytes } from "node:crypto";
import type { Ctx, Transact } from "@atrium/api";
import { faultFrom } from "@atrium/db";
import type { Database, Prisma, TenantDb } from "@atrium/db";
import { refusal } from "@atrium/kernel";
import { identitySettings } from "../env.ts";
import { requireModule } from "../plan/service.ts";
import { DomainDto, domainErrors } from "./contract.ts";
import type { AddDomain, DomainRef } from "./contract.ts";
import { askDns } from "./dns.ts";
import type { AskTexts } from "./dns.ts";
import { isOurs, maxDomains, recordNameOf, refuseProof } from "./rules.ts";

/**
 * The address name of the company whose own, proved domain this is; undefined when it is nobody's. A request comes to a
 * name before anybody has signed in, so it reads as the system role, which sees proved names alone.
 */
export async function findTenantByHost(database: Database, host: string): Promise<string | undefined> {
  const rows = await database.withSystem(
    (db) => db.$queryRaw<{ slug: string }[]>`
      SELECT t.slug FROM tenant_domain d JOIN tenant t ON t.id = d.tenant_id
      WHERE d.verified_name = ${host.toLowerCase()} AND t.status <> 'deleted'`,
  );
  return rows[0]?.slug;
}

const columns = { id: true, name: true, proof: true, verifiedAt: true } as const;
type Columns = Prisma.TenantDomainGetPayload<{ select: typeof columns }>;

const toDto = ({ id, name, proof, verifiedAt }: Columns): DomainDto =>
  DomainDto.parse({ id, name, recordName: recordNameOf(name), recordValue: proof, verifiedAt: verifiedAt?.toISOString() ?? null });

/** The names under which the house itself is reached. */
function houseHosts(): readonly string[] {
  const { ATRIUM_URL, ATRIUM_TENANT_HOSTS } = identitySettings();
  return [new URL(ATRIUM_URL).hostname, ATRIUM_TENANT_HOSTS?.replace(/^\./, "") ?? ""].filter((host) => host !== "");
}

/** The company's own domains, in alphabetical order. */
export async function listDomains(ctx: Ctx): Promise<DomainDto[]> {
  const domains = await ctx.db.tenantDomain.findMany({ where: { tenantId: ctx.tenant.id }, orderBy: { name: "asc" }, select: columns });
  return domains.map(toDto);
}

/**
 * Adds a domain that is still to be proved. Throws `plan/without-own-domain`, `domain/reserved`, `domain/too-many`, `domain/already-added`. That
 * another company has it is not said here: whoever only types a name learns nothing about others.
 */
export async function addDomain(ctx: Ctx, { name }: AddDomain, ownHosts: readonly string[] = houseHosts()): Promise<DomainDto> {
  await requireModule(ctx, "own-domain");
  if (isOurs(name, ownHosts)) throw refusal(domainErrors, "domain/reserved", { field: "name" });
  const others = await ctx.db.tenantDomain.count({ where: { tenantId: ctx.tenant.id } });
  if (others >= maxDomains) throw refusal(domainErrors, "domain/too-many", { params: { max: maxDomains } });
  const proof = `atrium-domain-proof=${randomBytes(20).toString("hex")}`;
  const data = { tenantId: ctx.tenant.id, id: ctx.newId("dom"), name, proof, createdAt: ctx.now };
  const domain = await savedOr("domain/already-added", ctx.db.tenantDomain.create({ data, select: columns }));
  ctx.audit({ action: "domain.add", entityId: domain.id, after: { name } });
  return toDto(domain);
}

/**
 * Asks DNS for the proof and, where it stands, writes down that the domain is this company's. Throws `domain/not-found`,
 * `domain/proof-missing`, `domain/proof-wrong`, `domain/dns-silent`, and `domain/taken` when another company has proved it.
 */
export async function verifyDomain(transact: Transact, { domainId }: DomainRef, ask: AskTexts = askDns(identitySettings().ATRIUM_DNS_SERVERS)): Promise<DomainDto> {
  const { name, proof } = await transact((ctx) => loadDomain(ctx.db, ctx.tenant.id, domainId));
  const refused = refuseProof(await ask(recordNameOf(name)), proof);
  if (refused) throw refusal(domainErrors, refused, { params: { name: recordNameOf(name) } });
  return transact(async (ctx) => {
    const before = await loadDomain(ctx.db, ctx.tenant.id, domainId);
    if (before.verifiedAt) return toDto(before);
    const where = { tenantId_id: { tenantId: ctx.tenant.id, id: domainId } };
    const domain = await savedOr("domain/taken", ctx.db.tenantDomain.update({ where, data: { verifiedAt: ctx.now, verifiedName: name }, select: columns }));
    ctx.audit({ action: "domain.verify", entityId: domainId, before: { verified: false }, after: { name, verified: true } });
    return toDto(domain);
  });
}

/** Takes a domain away: nobody comes to the company by its name any more, and nobody joins by an address at it. Throws `domain/not-found`. */
export async function removeDomain(ctx: Ctx, { domainId }: DomainRef): Promise<void> {
  const { name, verifiedAt } = await loadDomain(ctx.db, ctx.tenant.id, domainId);
  await ctx.db.tenantDomain.delete({ where: { tenantId_id: { tenantId: ctx.tenant.id, id: domainId } }, select: { id: true } });
  ctx.audit({ action: "domain.remove", entityId: domainId, before: { name, verified: verifiedAt !== null } });
}

/** Whether one of the company's proved domains is this. */
export async function hasProvedDomain(ctx: Ctx, name: string): Promise<boolean> {
  return (await ctx.db.tenantDomain.count({ where: { tenantId: ctx.tenant.id, verifiedName: name } })) > 0;
}

async function loadDomain(db: TenantDb, tenantId: string, id: string): Promise<Columns> {
  const domain = await db.tenantDomain.findUnique({ where: { tenantId_id: { tenantId, id } }, select: columns });
  if (!domain) throw refusal(domainErrors, "domain/not-found");
  return domain;
}

async function savedOr<T>(taken: "domain/already-added" | "domain/taken", saving: Promise<T>): Promise<T> {
  try {
    return await saving;
  } catch (error) {
    if (faultFrom(error)?.kind === "unique") throw refusal(domainErrors, taken, { field: "name" });
    throw error;
  }
}
