/** The app's functions: stored in the database, held in memory for matching, replaced as a whole by each registration. */
import type { Pool } from "pg";
import { z } from "zod";
import { scheduleCrons } from "./cron-schedule.ts";
import { inTransaction } from "./database.ts";
import { isSatisfied } from "./expression.ts";
import { FunctionConfig, readFunction } from "./function-config.ts";
import type { WireEvent } from "./events.ts";

export type Registry = {
  /** A function by its composite id, removed ones included: their unfinished runs still need it. */
  find(id: string): FunctionConfig | undefined;
  /** A function that can start runs. */
  findActive(id: string): FunctionConfig | undefined;
  /** Every function that an event starts, each once. */
  startedBy(event: WireEvent): FunctionConfig[];
  /** Replaces an app's functions; all of them or none. */
  register(registration: Registration): Promise<RegisterResult>;
};

export const Registration = z.object({
  appName: z.string().min(1),
  url: z.string(),
  functions: z.array(z.unknown()),
});
export type Registration = z.output<typeof Registration>;

export type RegisterResult =
  | { readonly ok: true; readonly modified: boolean }
  | { readonly ok: false; readonly error: string };

type Row = { id: string; config: unknown; is_active: boolean };

export async function loadRegistry(pool: Pool): Promise<Registry> {
  let all = new Map<string, FunctionConfig>();
  let active = new Map<string, FunctionConfig>();

  async function load(): Promise<void> {
    const { rows } = await pool.query<Row>("select id, config, removed_at is null as is_active from inngest.functions");
    const read = rows.map((row) => ({ isActive: row.is_active, config: FunctionConfig.parse(row.config) }));
    all = new Map(read.map(({ config }) => [config.id, config]));
    active = new Map(read.filter(({ isActive }) => isActive).map(({ config }) => [config.id, config]));
  }

  await load();
  return {
    find: (id) => all.get(id),
    findActive: (id) => active.get(id),
    startedBy: (event) => [...active.values()].filter((config) => config.triggers.some((trigger) => triggers(trigger, event))),
    async register(registration) {
      const readings = registration.functions.map(readFunction);
      const refused = readings.find((reading) => !reading.ok);
      if (refused !== undefined) return refused;
      const configs = readings.flatMap((reading) => (reading.ok ? [reading.config] : []));
      const modified = await store(pool, registration, configs);
      await load();
      return { ok: true, modified };
    },
  };
}

function triggers(trigger: FunctionConfig["triggers"][number], event: WireEvent): boolean {
  return "event" in trigger && isNameMatch(trigger.event, event.name) && isSatisfied(trigger.expression, { event });
}

/** `app/user.created` is matched by itself, by `app/*` and by `app/user.*`. */
export function isNameMatch(pattern: string, name: string): boolean {
  return /[/.]\*$/.test(pattern) ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

const UPSERT = `
insert into inngest.functions (id, app, url, config)
select f->>'id', $1, $2, f from json_array_elements($3::json) as f
on conflict (id) do update
  set app = excluded.app, url = excluded.url, config = excluded.config, removed_at = null
  where functions.config::text <> excluded.config::text or functions.removed_at is not null
    or functions.app <> excluded.app or functions.url <> excluded.url`;

const REMOVE = `
update inngest.functions set removed_at = now()
where app = $1 and removed_at is null and not (id = any($2::text[]))`;

async function store(pool: Pool, registration: Registration, configs: readonly FunctionConfig[]): Promise<boolean> {
  const { appName, url, functions } = registration;
  return inTransaction(pool, async (tx) => {
    const upserted = await tx.query(UPSERT, [appName, url, JSON.stringify(functions)]);
    const removed = await tx.query(REMOVE, [appName, configs.map(({ id }) => id)]);
    await scheduleCrons(tx, configs);
    return (upserted.rowCount ?? 0) + (removed.rowCount ?? 0) > 0;
  });
}
