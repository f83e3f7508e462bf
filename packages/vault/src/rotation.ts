import { countByPrefix, replaceTexts, textsWithout } from "@atrium/db";
import type { Company, Database, TenantDb, TextInRow } from "@atrium/db";
import { AppError } from "@atrium/kernel";
import { newKey } from "./cipher.ts";
import type { Keyring } from "./keyring.ts";
import { sealedColumns } from "./registry.ts";
import type { SealedColumn } from "./registry.ts";
import { sealMark } from "./vault.ts";
import type { Vault } from "./vault.ts";

/*
 * Replacing the keys while the application runs. Nothing of it is kept in memory: where it stands is what the rows say, so
 * after a kill it goes on where it was. A company is begun in one transaction, in which its newest key is one that the
 * current key-encryption key wraps, and so is told from one that is not begun.
 */

export interface Surroundings {
  readonly database: Pick<Database, "withTenant">;
  readonly keyring: Keyring;
  readonly now: Date;
  /** Values sealed anew in one transaction. */
  readonly batch?: number;
}

/** How far one company has come. */
export interface Progress {
  readonly company: Company;
  /** Values sealed anew so far, in this run. */
  readonly resealed: number;
  readonly isDone: boolean;
  /** Where values stand that do not open, and so lie under their older key still: `employee.pan_sealed of emp_…`. */
  readonly unreadable: readonly string[];
}

/** Where one company stands. */
export interface KeyStatus {
  readonly company: Company;
  /** How many of its keys each key-encryption key wraps. */
  readonly wrappedBy: Readonly<Record<string, number>>;
  /** The version that seals; undefined where nothing has been sealed yet. */
  readonly version: number | undefined;
  readonly sealedNow: number;
  /** Values that lie under an older version. */
  readonly sealedBefore: number;
  /** Older versions that still count as being in use. */
  readonly unretired: number;
}

const defaultBatch = 500;

/** Whether a replacement is under way: some key is not wrapped by the current one, or some value lies under an older version. */
export async function isUnderWay(around: Surroundings, all: readonly Company[]): Promise<boolean> {
  const current = await around.keyring.encryption.currentId();
  for (const company of all) {
    const { wrappedBy, sealedBefore, unretired } = await statusOf(around, company);
    if (Object.keys(wrappedBy).some((id) => id !== current) || sealedBefore > 0 || unretired > 0) return true;
  }
  return false;
}

export function statusOf({ database }: Pick<Surroundings, "database">, company: Company): Promise<KeyStatus> {
  return database.withTenant(company.id, async (db) => {
    const keys = await db.tenantKey.findMany({ where: { tenantId: company.id }, orderBy: { version: "asc" } });
    const seals = keys.filter(({ purpose }) => purpose === "seal");
    const version = seals.at(-1)?.version;
    const { now, before } = await countSealed(db, company.id, version ?? 0);
    const wrappedBy: Record<string, number> = {};
    for (const { kekId } of keys) wrappedBy[kekId] = (wrappedBy[kekId] ?? 0) + 1;
    return { company, wrappedBy, version, sealedNow: now, sealedBefore: before, unretired: seals.filter((key) => key.version !== version && key.retiredAt === null).length };
  });
}

async function countSealed(db: TenantDb, tenantId: string, version: number): Promise<{ readonly now: number; readonly before: number }> {
  const mark = sealMark(version);
  let [now, before] = [0, 0];
  for (const column of sealedColumns) {
    for (const [prefix, count] of await countByPrefix(db, tenantId, column, mark.length)) {
      if (prefix === mark) now += count;
      else before += count;
    }
  }
  return { now, before };
}

/**
 * Gives each of the companies a new key, wrapped by the current key-encryption key, wraps its others by that too, and seals every value
 * anew. Told again after a kill, it does what is left. Answers after every batch.
 */
export async function* replaceKeys(around: Surroundings, all: readonly Company[]): AsyncGenerator<Progress, void> {
  for (const company of all) {
    const version = await begin(around, company);
    let resealed = 0;
    const unreadable: string[] = [];
    for await (const done of version === undefined ? [] : reseal(around, company)) {
      resealed += done.count;
      unreadable.push(...done.unreadable);
      yield { company, resealed, isDone: false, unreadable };
    }
    yield { company, resealed, isDone: true, unreadable };
  }
  // A call that had begun before its company may have sealed something by the older key since. By now it has ended.
  for (const company of all) {
    for await (const _late of reseal(around, company));
    await retire(around, company);
  }
}

/** Makes the company's new key unless that has been done, and wraps all of them anew. Undefined where there are none. */
function begin({ database, keyring: { encryption } }: Surroundings, { id: tenantId }: Company): Promise<number | undefined> {
  return database.withTenant(tenantId, async (db) => {
    await db.$queryRaw`SELECT version FROM tenant_key WHERE tenant_id = ${tenantId} ORDER BY purpose, version FOR UPDATE`;
    const keys = await db.tenantKey.findMany({ where: { tenantId }, orderBy: { version: "asc" } });
    const newest = keys.findLast(({ purpose }) => purpose === "seal");
    if (!newest) return undefined;
    const current = await encryption.currentId();
    for (const { purpose, version, kekId, wrapped } of keys) {
      if (kekId === current) continue;
      const place = { tenantId, purpose: purpose === "seal" ? "seal" : "index", version } as const;
      const again = await encryption.wrap(place, await encryption.unwrap(place, { kekId, wrapped }));
      await db.tenantKey.update({ where: { tenantId_purpose_version: place }, data: again });
    }
    if (newest.kekId === current) return newest.version;
    const place = { tenantId, purpose: "seal", version: newest.version + 1 } as const;
    await db.tenantKey.create({ data: { ...place, ...(await encryption.wrap(place, newKey())) } });
    return place.version;
  });
}

/** Seals anew what lies under older versions, batch by batch, each in a transaction of its own. */
async function* reseal({ database, keyring, batch = defaultBatch }: Surroundings, { id: tenantId }: Company): AsyncGenerator<Batch, void> {
  for (const column of sealedColumns) {
    for (let after: string | null = ""; after !== null; ) {
      const from: string = after;
      const done = await database.withTenant(tenantId, (db) => resealBatch(db, tenantId, column, { keyring, after: from, batch }));
      if (done.count > 0 || done.unreadable.length > 0) yield done;
      after = done.next;
    }
  }
}

interface BatchOptions {
  readonly keyring: Keyring;
  readonly after: string;
  readonly batch: number;
}

interface Batch {
  readonly count: number;
  readonly unreadable: readonly string[];
  /** The row to go on behind; null at the end. */
  readonly next: string | null;
}

async function resealBatch(db: TenantDb, tenantId: string, column: SealedColumn, { keyring, after, batch }: BatchOptions): Promise<Batch> {
  const vault = await keyring.vaultOf(db, tenantId);
  const old = await textsWithout(db, tenantId, column, { prefix: sealMark(vault.keyVersion), after, limit: batch });
  const read = old.map((row) => ({ rowId: row.rowId, anew: resealed(vault, column, row) }));
  const anew = read.flatMap(({ rowId, anew: text }) => (text === undefined ? [] : [{ rowId, text }]));
  if (anew.length > 0) await replaceTexts(db, tenantId, column, anew);
  return {
    count: anew.length,
    // One that was tampered with must not keep all the others from their new key.
    unreadable: read.filter((row) => row.anew === undefined).map(({ rowId }) => `${column.table}.${column.column} of ${rowId}`),
    next: old.length < batch ? null : (old.at(-1)?.rowId ?? null),
  };
}

function resealed(vault: Vault, { table, column }: SealedColumn, { rowId, text }: TextInRow): string | undefined {
  const place = { table, column, rowId };
  try {
    return vault.seal(place, vault.open(place, text));
  } catch (error) {
    if (error instanceof AppError && error.code === "vault/cannot-open") return undefined;
    throw error;
  }
}

/** Says of older versions that nothing is sealed under them any more, where that is so. The keys stay: for backups, and for files. */
async function retire({ database, now }: Surroundings, { id: tenantId }: Company): Promise<void> {
  await database.withTenant(tenantId, async (db) => {
    const newest = await db.tenantKey.findFirst({ where: { tenantId, purpose: "seal" }, orderBy: { version: "desc" } });
    if (!newest || (await countSealed(db, tenantId, newest.version)).before > 0) return;
    await db.tenantKey.updateMany({ where: { tenantId, purpose: "seal", version: { lt: newest.version }, retiredAt: null }, data: { retiredAt: now } });
  });
}
