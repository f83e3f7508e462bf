import { text } from "node:stream/consumers";
import { tenantKey } from "@atrium/api";
import type { Files } from "@atrium/api";
import { verifyAudit } from "@atrium/db";
import type { AuditAnchor, AuditVerdict, TenantDb } from "@atrium/db";
import type { Vault } from "@atrium/vault";
import { z } from "zod";
import type { AuditFindings } from "./contract.ts";

/*
 * Whoever can write every table can make a whole chain anew, head and all. So where it stood is written down in the file
 * store as well, hour by hour, with a mark that only the company's key can make. A file is never written over, so a bucket
 * may be locked against it.
 */

/** A company whose trail is looked at: by a request, a job or the command line. */
export interface AuditedCompany {
  readonly tenantId: string;
  readonly files: Files;
  /** One transaction of the company; a long chain takes several. */
  inTransaction<T>(work: (db: TenantDb, vault: () => Promise<Vault>) => Promise<T>): Promise<T>;
}

/** The newest are enough: whoever goes back behind one is found by it, and none is written onto a chain that contradicts the last. */
const anchorsRead = 24;

/** Recomputes the whole trail and compares it with the newest anchors. */
export async function verifyTrail(company: AuditedCompany): Promise<AuditFindings> {
  const { anchors, forged } = await readAnchors(company, anchorsRead);
  const verdict = await verifyAudit((work) => company.inTransaction(work), company.tenantId, { anchors });
  return toFindings(verdict, anchors.at(-1), forged);
}

/** Verifies what was added since the last anchor: quick, however long the trail is. */
export async function verifyNewest(company: AuditedCompany): Promise<AuditFindings> {
  const { verdict, last, forged } = await lookFromAnchor(company);
  return toFindings(verdict, last, forged);
}

/** The same, and writes the next anchor, unless something is wrong or nothing was added. */
export async function anchorTrail(company: AuditedCompany, now: Date): Promise<AuditFindings> {
  const { verdict, last, forged } = await lookFromAnchor(company);
  const isDue = forged.length === 0 && verdict.fault === undefined && verdict.verifiedTo > (last?.seq ?? 0n);
  return toFindings(verdict, isDue ? await writeAnchor(company, verdict.verifiedTo, now) : last, forged);
}

async function lookFromAnchor(company: AuditedCompany) {
  const { anchors, forged } = await readAnchors(company, 1);
  const last = anchors.at(-1);
  const verdict = await verifyAudit((work) => company.inTransaction(work), company.tenantId, { from: last });
  return { verdict, last, forged };
}

interface Anchor extends AuditAnchor {
  readonly at: string;
}

const StoredAnchor = z.object({ seq: z.int().min(1), hash: z.string(), at: z.iso.datetime(), mark: z.string() });

const folderOf = ({ tenantId }: AuditedCompany): string => tenantKey(tenantId, "audit-anchors");
const markOf = (vault: Vault, { seq, hash, at }: Anchor): string => vault.fingerprint("audit_anchor", `${seq} ${hash} ${at}`);

async function writeAnchor(company: AuditedCompany, seq: bigint, now: Date): Promise<Anchor> {
  const { anchor, mark } = await company.inTransaction(async (db, vault) => {
    const { hash } = await db.auditEvent.findUniqueOrThrow({ where: { tenantId_seq: { tenantId: company.tenantId, seq } }, select: { hash: true } });
    const made = { seq, hash, at: now.toISOString() };
    return { anchor: made, mark: markOf(await vault(), made) };
  });
  const stored = StoredAnchor.parse({ ...anchor, seq: Number(seq), mark });
  // Names in the order of the numbers, so that the newest is the last of the list.
  const name = `${String(seq).padStart(15, "0")}.json`;
  await company.files.write(`${folderOf(company)}/${name}`, new TextEncoder().encode(JSON.stringify(stored)));
  return anchor;
}

/** The newest anchors, the oldest of them first, and the files among them that do not bear the company's mark. */
async function readAnchors(company: AuditedCompany, count: number): Promise<{ readonly anchors: readonly Anchor[]; readonly forged: readonly string[] }> {
  const keys = (await company.files.list(folderOf(company))).slice(-count);
  const stored = await Promise.all(keys.map(async (key) => ({ key, anchor: parsed(await text(await company.files.read(key))) })));
  if (stored.length === 0) return { anchors: [], forged: [] };
  return company.inTransaction(async (_db, vault) => {
    const own = await vault();
    const isOwn = (anchor: (Anchor & { mark: string }) | undefined) => anchor !== undefined && anchor.mark === markOf(own, anchor);
    return {
      anchors: stored.flatMap(({ anchor }) => (anchor && isOwn(anchor) ? [anchor] : [])),
      forged: stored.filter(({ anchor }) => !isOwn(anchor)).map(({ key }) => key),
    };
  });
}

function parsed(content: string): (Anchor & { readonly mark: string }) | undefined {
  try {
    const { seq, ...rest } = StoredAnchor.parse(JSON.parse(content));
    return { ...rest, seq: BigInt(seq) };
  } catch {
    return undefined;
  }
}

const toFindings = ({ verifiedTo, fault }: AuditVerdict, anchor: Anchor | undefined, forged: readonly string[]): AuditFindings => ({
  verifiedTo: Number(verifiedTo),
  fault: fault ? { kind: fault.kind, seq: Number(fault.seq), id: fault.id ?? null } : null,
  anchor: anchor ? { seq: Number(anchor.seq), at: anchor.at } : null,
  forgedAnchors: [...forged],
});
