import type { TenantDb } from "./database.ts";

/** Where a chain stood at some moment. Kept outside the database, it finds even who rewrites a whole chain and its head. */
export interface AuditAnchor {
  readonly seq: bigint;
  readonly hash: string;
}

/**
 * `changed`: the row does not say what was written · `removed`: it is gone · `inserted`: nobody wrote it through the door ·
 * `reordered`: it was written, but stood elsewhere · `truncated`: from here to the end all are gone.
 */
export type AuditFaultKind = "changed" | "removed" | "inserted" | "reordered" | "truncated";

export interface AuditFault {
  readonly kind: AuditFaultKind;
  readonly seq: bigint;
  /** The row; undefined when it is gone. */
  readonly id: string | undefined;
}

export interface AuditVerdict {
  /** The chain is sound from its beginning to here. */
  readonly verifiedTo: bigint;
  /** The first fault; undefined when the chain is whole. */
  readonly fault: AuditFault | undefined;
}

/** Opens a transaction of the company for each page, so that a long chain holds none open for long. */
export type InTenant = <T>(work: (db: TenantDb) => Promise<T>) => Promise<T>;

export interface VerifyOptions {
  /** What was kept outside the database. */
  readonly anchors?: readonly AuditAnchor[];
  /** Begins at this anchor, on the word of whoever verified up to there; at the beginning of the chain unless told. */
  readonly from?: AuditAnchor | undefined;
}

const pageRows = 5_000;
const beginning = { id: "", seq: 0n, hash: "0".repeat(64) };

/**
 * Recomputes the chain of one company, a page at a time, and compares it with the head and the anchors. What is appended
 * meanwhile is left to the next time.
 */
export async function verifyAudit(inTenant: InTenant, tenantId: string, { anchors = [], from }: VerifyOptions = {}): Promise<AuditVerdict> {
  const known = from ? [...anchors, from] : anchors;
  const end = await inTenant((db) => endOf(db, tenantId));
  const fixed = JSON.stringify([end, ...known].map(({ seq, hash }) => ({ seq: String(seq), hash })));
  // The row of the anchor itself is looked at too; what it follows is not known, so it is not asked.
  let last: Place = from ? { id: null, seq: from.seq - 1n, hash: null } : beginning;
  for (;;) {
    const row = await inTenant((db) => firstFaultOrLast(db, tenantId, end, fixed, last));
    if (!row) break;
    const { kind } = row;
    if (kind !== null) return { verifiedTo: row.beforeSeq, fault: await inTenant((db) => nameFault(db, tenantId, end, row, kind)) };
    last = row;
  }
  const promised = known.reduce((most, { seq }) => (seq > most ? seq : most), end.seq);
  return { verifiedTo: last.seq, fault: promised > last.seq ? { kind: "truncated", seq: last.seq + 1n, id: undefined } : undefined };
}

/** The head, and the highest number that a row bears: equal unless somebody went round the door. */
interface End extends AuditAnchor {
  readonly top: bigint;
}

/** The last row that was looked at; of one that was not, only the number is known. */
interface Place {
  readonly id: string | null;
  readonly seq: bigint;
  readonly hash: string | null;
}

interface Judged extends Place {
  readonly id: string;
  readonly beforeSeq: bigint;
  readonly kind: "changed" | "removed" | "inserted" | null;
  /** Whether its digest is that of what it says now. */
  readonly isOwn: boolean;
}

async function endOf(db: TenantDb, tenantId: string): Promise<End> {
  const [end] = await db.$queryRaw<End[]>`
    SELECT coalesce(h.seq, 0) AS seq, coalesce(h.hash, repeat('0', 64)) AS hash, coalesce(e.top, 0) AS top
    FROM (SELECT max(seq) AS top FROM audit_event WHERE tenant_id = ${tenantId}) e LEFT JOIN audit_head h ON h.tenant_id = ${tenantId}`;
  return end ?? { ...beginning, top: 0n };
}

/**
 * Of the next page, the first row that is not as it must be, or else the page's last. Each row is judged with its
 * neighbours: one that its own digest does not fit was changed, and so was one whose follower was made from another digest;
 * where the follower was made from the digest of the row before, the one between was put in.
 */
async function firstFaultOrLast(db: TenantDb, tenantId: string, end: End, fixed: string, last: Place): Promise<Judged | undefined> {
  const [row] = await db.$queryRaw<Judged[]>`
    WITH page AS (
      SELECT e.id, e.seq, e.hash, e.prev_hash, app.audit_digest(e) = e.hash AS is_own FROM audit_event e
      WHERE e.tenant_id = ${tenantId} AND e.seq BETWEEN ${last.seq} AND ${end.top} AND (e.seq, e.id) > (${last.seq}, ${last.id}::text)
      ORDER BY e.seq, e.id LIMIT ${pageRows} + 1
    ), placed AS (
      SELECT *, lag(seq, 1, ${last.seq}::bigint) OVER w AS before_seq, lag(hash, 1, ${last.hash}::text) OVER w AS before_hash,
        lead(seq) OVER w = seq + 1 AS has_next, lead(prev_hash) OVER w AS next_prev_hash, lead(hash) OVER w AS next_hash, lead(is_own) OVER w AS next_is_own,
        row_number() OVER w AS number, least(count(*) OVER (), ${pageRows}) AS last_number
      FROM page WINDOW w AS (ORDER BY seq, id)
    ), judged AS (
      SELECT *, CASE
        WHEN seq > before_seq + 1 THEN 'removed'
        WHEN has_next AND next_prev_hash = before_hash AND next_hash <> hash THEN 'inserted'
        WHEN NOT is_own THEN 'changed'
        WHEN seq = before_seq OR seq > ${end.seq} THEN 'inserted'
        WHEN prev_hash <> before_hash OR (has_next AND next_is_own AND next_prev_hash <> hash) THEN 'changed'
        WHEN EXISTS (SELECT FROM jsonb_to_recordset(${fixed}::jsonb) AS f (seq bigint, hash text) WHERE f.seq = placed.seq AND f.hash <> placed.hash) THEN 'changed'
      END AS kind
      FROM placed
    )
    SELECT id, seq, hash, before_seq AS "beforeSeq", kind, is_own AS "isOwn" FROM judged
    WHERE number <= last_number AND (kind IS NOT NULL OR number = last_number) ORDER BY number LIMIT 1`;
  return row;
}

/** A row whose digest fits once it has its old number back was not changed: it was moved, or one before it was taken out. */
async function nameFault(db: TenantDb, tenantId: string, end: End, row: Judged, kind: AuditFaultKind): Promise<AuditFault> {
  if (kind === "removed") return { kind, seq: row.beforeSeq + 1n, id: undefined };
  if (row.isOwn) return { kind, seq: row.seq, id: row.id };
  const [moved] = await db.$queryRaw<{ readonly followsNobody: boolean }[]>`
    SELECT NOT EXISTS (SELECT FROM audit_event n WHERE n.tenant_id = e.tenant_id AND n.hash = e.prev_hash) AND e.seq > 1 AS "followsNobody"
    FROM audit_event e, LATERAL (
      SELECT n.seq + 1 FROM audit_event n WHERE n.tenant_id = e.tenant_id AND n.hash = e.prev_hash
      UNION ALL SELECT n.seq - 1 FROM audit_event n WHERE n.tenant_id = e.tenant_id AND n.prev_hash = e.hash
      UNION ALL VALUES (1), (${end.seq}), (e.seq + ${end.seq} - ${end.top})
    ) AS old (seq)
    WHERE e.tenant_id = ${tenantId} AND e.id = ${row.id}
      AND app.audit_digest(jsonb_populate_record(e, jsonb_build_object('seq', old.seq))) = e.hash
    LIMIT 1`;
  if (moved?.followsNobody === true) return { kind: "removed", seq: row.seq, id: undefined };
  return { kind: moved ? "reordered" : kind, seq: row.seq, id: row.id };
}
