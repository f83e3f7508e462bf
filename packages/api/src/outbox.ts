import type { Database, Prisma, TenantDb } from "@atrium/db";
import { newId } from "@atrium/kernel";
import type { EmittedEvent } from "@atrium/kernel";
import { z } from "zod";
import type { Logger } from "./log.ts";

/*
 * News leave after the commit, and a process may die between the two. So they are written down in the transaction of the
 * change, sent, and then struck off; what is still there after a while is sent again. The event's id makes the second
 * sending harmless.
 */

/** News that are kept in the outbox of their company. */
export interface KeptNews {
  readonly tenantId: string;
  readonly ids: readonly string[];
  readonly events: readonly EmittedEvent[];
}

export type SendEvents = (events: readonly EmittedEvent[]) => Promise<void>;

/** Younger news are probably being sent at this moment by the process that wrote them. */
const lostAfterMs = 30_000;
/** As many as one request to the job server may carry, with room to spare. */
const atOnce = 500;
const companiesAtOnce = 200;

/** Writes the news into the outbox, in the transaction of the change they tell of. */
export async function keepNews(db: TenantDb, tenantId: string, events: readonly EmittedEvent[], now: Date): Promise<KeptNews> {
  const rows = events.map(({ name, id, data }) => ({
    tenantId, id: newId("out", now.getTime()), name, eventId: id, data: jsonOf(data), emittedAt: now,
  }));
  if (rows.length > 0) await db.outboxEvent.createMany({ data: rows });
  return { tenantId, ids: rows.map(({ id }) => id), events };
}

const jsonOf = (data: EmittedEvent["data"]): Prisma.InputJsonObject => z.record(z.string(), z.json()).parse(data);

/** Sends kept news and strikes them off. A job server that cannot be reached is no failure of the call: the sweep sends them. */
export async function deliverNews(database: Database, send: SendEvents, log: Logger, { tenantId, ids, events }: KeptNews): Promise<void> {
  if (events.length === 0) return;
  try {
    await send(events);
    await database.withTenant(tenantId, (db) => db.outboxEvent.deleteMany({ where: { tenantId, id: { in: [...ids] } } }));
  } catch (error) {
    log.warn({ tenantId, events: events.length, err: error }, "news stay in the outbox until the sweep");
  }
}

/** Sends what lies too long in any company's outbox. Answers how many were sent. */
export async function sweepOutbox(database: Database, send: SendEvents, log: Logger, now: Date): Promise<number> {
  const before = new Date(now.getTime() - lostAfterMs);
  const companies = await database.withSystem((db) => db.$queryRaw<{ tenantId: string }[]>`
    SELECT DISTINCT tenant_id AS "tenantId" FROM outbox_event WHERE emitted_at < ${before} LIMIT ${companiesAtOnce}`);
  let sent = 0;
  for (const { tenantId } of companies) {
    const left = await database.withTenant(tenantId, (db) =>
      db.outboxEvent.findMany({ where: { tenantId, emittedAt: { lt: before } }, orderBy: { id: "asc" }, take: atOnce }),
    );
    const events = left.map(({ name, eventId, data }) => ({ name, id: eventId, data: { ...storedData.parse(data), tenantId } }));
    await deliverNews(database, send, log, { tenantId, ids: left.map(({ id }) => id), events });
    sent += events.length;
  }
  if (sent > 0) log.warn({ events: sent }, "sent news again that had stayed in the outbox");
  return sent;
}

const storedData = z.record(z.string(), z.unknown());
