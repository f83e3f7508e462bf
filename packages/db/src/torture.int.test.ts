import { newId } from "@atrium/kernel";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeAudit } from "./audit.ts";
import { openDatabase } from "./database.ts";
import type { Database, TenantDb } from "./database.ts";
import { makeTenant, testDatabase } from "./testing.ts";

/*
 * Several hundred transactions of five companies over four connections, ended in every way a transaction can end. Whatever
 * happens, a handle sees its own company's rows or an error, and what was answered as committed is there, all of it and
 * nothing else.
 */

const transactions = 315;
const shortMs = 40;
const stall = new Int32Array(new SharedArrayBuffer(4));

let database: Database;
beforeAll(async () => {
  database = openDatabase({ url: (await testDatabase()).appUrl, poolMax: 4, waitForConnectionMs: 60_000 });
});
afterAll(() => database.close());

/** Rows of another company that a handle was shown, and what each company was told is committed. */
const foreign: string[] = [];
const committed = new Map<string, string[]>();
/** What the works left running when they ended: statements under way and handles that somebody kept. */
const leftRunning: Promise<unknown>[] = [];
const leave = (work: Promise<unknown>): void => void leftRunning.push(work.catch(() => undefined));
let kept: { readonly db: TenantDb; readonly tenantId: string } | undefined;

const note = (tenantId: string, rows: readonly { readonly tenantId: string }[]) => {
  for (const row of rows) if (row.tenantId !== tenantId) foreign.push(`${tenantId} saw a row of ${row.tenantId}`);
};

/** One call, four statements: the row, then the companies', the members' and the trail's. */
async function lookAround(db: TenantDb, tenantId: string): Promise<void> {
  const members = await db.member.findMany({ include: { tenant: { include: { members: true, auditEvents: { take: 5 } } } } });
  note(tenantId, members);
  for (const { tenant } of members) note(tenantId, [...tenant.members, ...tenant.auditEvents, { tenantId: tenant.id }]);
  note(tenantId, await db.$queryRaw<{ tenantId: string }[]>`SELECT tenant_id AS "tenantId" FROM member UNION ALL SELECT id FROM tenant`);
}

function newMember() {
  const id = newId("mem", Date.now());
  return { id, name: "Asha", email: `${id}@acme.test`, roles: [], createdAt: new Date() };
}

type Ending = (db: TenantDb, tenantId: string) => Promise<unknown>;

const endings: Readonly<Record<string, Ending>> = {
  commits: lookAround,
  throws: async (db, tenantId) => {
    await lookAround(db, tenantId);
    throw new Error("a refusal");
  },
  "is overdue between its statements": async (db, tenantId) => {
    for (;;) await lookAround(db, tenantId);
  },
  "is cut inside a statement": (db) => db.$executeRaw`SELECT pg_sleep(5)`,
  "stalls the whole process": async (db, tenantId) => {
    leave(lookAround(db, tenantId));
    Atomics.wait(stall, 0, 0, shortMs + 5);
    await lookAround(db, tenantId);
  },
  "loses its connection": async (db, tenantId) => {
    await db.$executeRaw`SELECT pg_terminate_backend(pg_backend_pid())`.catch(() => undefined);
    await lookAround(db, tenantId);
  },
  "leaves statements running": async (db, tenantId) => {
    leave(lookAround(db, tenantId));
    // One call, a statement a row: those that come late would break whoever has the connection by then.
    const joiners = Array.from({ length: 6 }, () => newMember());
    leave(db.tenant.update({ where: { id: tenantId }, data: { members: { create: joiners } } }));
  },
  "swallows a refusal": async (db, tenantId) => {
    await db.tenant.update({ where: { id: tenantId }, data: { status: "asleep" } }).catch(() => undefined);
  },
  "uses a handle that another left": async (db, tenantId) => {
    if (kept) leave(lookAround(kept.db, kept.tenantId));
    kept = { db, tenantId };
    await lookAround(db, tenantId);
  },
};
const isShort = new Set(["is overdue between its statements", "is cut inside a statement", "stalls the whole process"]);

async function runOne(ending: string, tenantId: string): Promise<string> {
  const id = newId("aud", Date.now());
  const row = { id, at: new Date(), actorKind: "system", action: "torture", entity: "tenant", entityId: tenantId, requestId: ending } as const;
  const work = async (db: TenantDb) => {
    await writeAudit(db, [row]);
    await endings[ending]?.(db, tenantId);
  };
  try {
    await database.withTenant(tenantId, work, isShort.has(ending) ? { timeoutMs: shortMs } : {});
    committed.get(tenantId)?.push(id);
    return `${ending}: committed`;
  } catch {
    return `${ending}: refused`;
  }
}

test("no handle ever sees another company's row, no promise of a commit is broken, and the pool recovers", { timeout: 60_000 }, async () => {
  for (let i = 0; i < 5; i += 1) {
    const { id } = await makeTenant();
    await database.withTenant(id, (db) => db.member.create({ data: { ...newMember(), tenantId: id } }));
    committed.set(id, []);
  }
  const [tenants, names] = [[...committed.keys()], Object.keys(endings)];
  const runs = Array.from({ length: transactions }, (_, i) => runOne(names[i % names.length] ?? "", tenants[i % tenants.length] ?? ""));
  const outcomes = new Set(await Promise.all(runs));
  await Promise.all(leftRunning);

  expect(foreign).toEqual([]);
  for (const [tenantId, ids] of committed) {
    const rows = await database.withTenant(tenantId, (db) => db.auditEvent.findMany({ select: { id: true }, orderBy: { id: "asc" } }));
    expect(rows.map(({ id }) => id)).toEqual(ids.toSorted());
  }
  for (const ending of ["commits", "leaves statements running", "uses a handle that another left"]) {
    expect(outcomes).toContain(`${ending}: committed`);
    expect(outcomes, "nobody suffers for what another did").not.toContain(`${ending}: refused`);
  }
  for (const ending of ["throws", ...isShort, "loses its connection", "swallows a refusal"]) {
    expect(outcomes).toContain(`${ending}: refused`);
    expect(outcomes).not.toContain(`${ending}: committed`);
  }

  // All four connections serve at once again.
  const met = Promise.withResolvers<undefined>();
  let here = 0;
  const together = [0, 1, 2, 3].map((i) =>
    database.withTenant(tenants[i] ?? "", async (db) => {
      here += 1;
      if (here === 4) met.resolve(undefined);
      await met.promise;
      return db.tenant.findMany({ select: { id: true } });
    }),
  );
  expect(await Promise.all(together)).toEqual(tenants.slice(0, 4).map((id) => [{ id }]));
});
