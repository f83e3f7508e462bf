import type { Runtime } from "./runtime.ts";

export interface Check {
  readonly name: "database" | "redis" | "jobs" | "migrations";
  readonly isWell: boolean;
  readonly ms: number;
}

/** A part that takes longer than this to say that it is well, is not. */
const patienceMs = 2_000;

/** What of the house is looked at. */
interface Checked extends Pick<Runtime, "database" | "log"> {
  readonly env: Pick<Runtime["env"], "UPSTASH_REDIS_REST_URL" | "UPSTASH_REDIS_REST_TOKEN" | "INNGEST_BASE_URL" | "ATRIUM_MIGRATIONS">;
}

const underWay = new WeakMap<Checked, Promise<readonly Check[]>>();

/**
 * Asks every service the app leans on, all at once. What went wrong stands in the log, not in the answer. Whoever asks while
 * others wait gets their answer: nobody is asked who calls, and a crowd at this door must not become one at the database.
 */
export function checkServices(house: Checked): Promise<readonly Check[]> {
  const running = underWay.get(house);
  if (running !== undefined) return running;
  const begun = lookAround(house).finally(() => underWay.delete(house));
  underWay.set(house, begun);
  return begun;
}

function lookAround({ env, database, log }: Checked): Promise<readonly Check[]> {
  const look = async (name: Check["name"], work: () => Promise<unknown>): Promise<Check> => {
    const started = performance.now();
    const isWell = await within(work()).then(
      () => true,
      (error: unknown) => {
        log.warn({ part: name, err: error }, "not ready");
        return false;
      },
    );
    return { name, isWell, ms: Math.round(performance.now() - started) };
  };
  const { UPSTASH_REDIS_REST_URL: redis, INNGEST_BASE_URL: jobs } = env;
  // A service without an address of its own (the job server in the cloud) is nobody's here to ask.
  return Promise.all([
    look("database", () => database.ping()),
    ...(redis ? [look("redis", () => answers(redis, "/ping", { authorization: `Bearer ${env.UPSTASH_REDIS_REST_TOKEN ?? ""}` }))] : []),
    ...(jobs ? [look("jobs", () => answers(jobs, "/health"))] : []),
    look("migrations", () => allApplied(database, env.ATRIUM_MIGRATIONS)),
  ]);
}

async function within<T>(work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`No answer within ${patienceMs} ms.`)), patienceMs);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function answers(base: string, path: string, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  const { ok, status } = await fetch(`${base.replace(/\/$/, "")}${path}`, { headers, cache: "no-store", signal: AbortSignal.timeout(patienceMs) });
  if (!ok) throw new Error(`It answered ${status}.`);
}

async function allApplied(database: Runtime["database"], expected: readonly string[]): Promise<void> {
  const rows = await database.withSystem(
    (db) => db.$queryRaw<{ name: string }[]>`
      SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  );
  const applied = new Set(rows.map(({ name }) => name));
  const missing = expected.filter((name) => !applied.has(name));
  if (missing.length > 0) throw new Error(`Not applied: ${missing.join(", ")}.`);
}
