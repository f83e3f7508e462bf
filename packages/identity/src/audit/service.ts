import { csvLines } from "@atrium/api";
import type { Ctx } from "@atrium/api";
import { decodeCursor, pageOf, refusal } from "@atrium/kernel";
import { auditErrors, AuditItem, AuditRecord } from "./contract.ts";
import type { AuditFilter, AuditPage, OneAuditRow, SearchAudit } from "./contract.ts";
import { readActions, readLines, readOne, readWholeLines } from "./query.ts";
import type { Line, WholeLine } from "./query.ts";
import { isFiltered, told } from "./rules.ts";

export { anchorTrail, verifyNewest, verifyTrail } from "./anchor.ts";
export type { AuditedCompany } from "./anchor.ts";
export { anchorTrails, auditedCompany, throughCompanies, verifyTrails } from "./round.ts";
export type { AuditSurroundings } from "./round.ts";

/**
 * One page of the trail, the newest first. Asking for something in particular is itself written down, once: by its first
 * page, because turning the pages asks for nothing new, and a row for each would bury the trail under its readers.
 */
export async function searchAudit(ctx: Ctx, { limit, after, ...filter }: SearchAudit): Promise<AuditPage> {
  const below = placeOf(after);
  const lines = await readLines(ctx, filter, below, limit);
  const { page, next } = pageOf(lines, limit, ({ seq }) => [Number(seq)]);
  if (below === undefined && isFiltered(filter)) ctx.audit({ action: "audit.read", entityId: "trail", after: told(filter) });
  return { items: page.map(toItem), next };
}

/** One row with all that it holds. Throws `audit/row-not-found`. */
export async function getAuditRow(ctx: Ctx, { seq }: OneAuditRow): Promise<AuditRecord> {
  const found = await readOne(ctx, seq);
  if (!found) throw refusal(auditErrors, "audit/row-not-found");
  return AuditRecord.parse({ ...toItem(found), ...held(found) });
}

/** Every action that occurs, for the filter. */
export async function listActions(ctx: Ctx): Promise<string[]> {
  return [...(await readActions(ctx))];
}

const exportColumns = [
  "Number", "Time (UTC)", "Local time", "Kind", "Who", "Who (id)", "On behalf of", "On behalf of (id)", "Action", "Record", "Record (id)",
  "Before", "After", "Reason", "Address", "Browser", "Session", "Request", "Previous digest", "Digest",
];
const exportRows = 1_000;

/**
 * One stretch of the trail as CSV lines, the newest first; `next` leads to the following one. Each is a transaction of its
 * own, so that a slow reader holds none open. The first writes down who took the trail away.
 */
export async function exportAudit(ctx: Ctx, filter: AuditFilter, after: string | null): Promise<{ readonly lines: string; readonly next: string | null }> {
  const below = placeOf(after);
  const lines = await readWholeLines(ctx, filter, below, exportRows);
  const { page, next } = pageOf(lines, exportRows, ({ seq }) => [Number(seq)]);
  if (below === undefined) ctx.audit({ action: "audit.export", entityId: "trail", after: told(filter) });
  const rows = page.map(toCells);
  return { lines: csvLines(below === undefined ? [exportColumns, ...rows] : rows), next };
}

function placeOf(cursor: string | null | undefined): number | undefined {
  const [seq] = decodeCursor(cursor ?? "") ?? [];
  return typeof seq === "number" && Number.isSafeInteger(seq) ? seq : undefined;
}

const toItem = (found: Line): AuditItem =>
  AuditItem.parse({
    ...found,
    seq: Number(found.seq),
    at: found.at.toISOString(),
    actor: { id: found.actorId, name: found.actorName },
    onBehalfOf: found.onBehalfOf === null ? null : { id: found.onBehalfOf, name: found.onBehalfOfName },
  });

const held = ({ before, after, requestId, sessionId, userAgent, prevHash, hash }: WholeLine) => ({
  before, after, requestId, sessionId, userAgent, prevHash, hash,
});

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

const toCells = (found: WholeLine) => [
  Number(found.seq), found.at.toISOString(), found.atLocal, found.actorKind, found.actorName, found.actorId, found.onBehalfOfName, found.onBehalfOf,
  found.action, found.entity, found.entityId, json(found.before), json(found.after), found.reason, found.address, found.userAgent, found.sessionId,
  found.requestId, found.prevHash, found.hash,
];

