/*
 * What the house adds to a read: 50 people by an authenticated tRPC call through the running production build, against a
 * bare dynamic route of the same server, and against the same two statements sent straight to PostgreSQL.
 */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort, openHome, removeHome } from "@atrium/stack";
import autocannon from "autocannon";
import pg from "pg";
import { bringUp, during } from "../../apps/cli/src/start.ts";
import { setLimits } from "./set-limits.ts";
import { signIn } from "./sign-in.ts";
import { median, percentile, rounded, timed } from "./statistics.ts";

const connections = 16;
const roundSeconds = 6;
const rounds = 3;
const input = { limit: 50, sort: "name", direction: "asc" };

/** The statements of that read: one page and one row more, and the count. */
const statements = [
  `SELECT e.id, e.name_lower::text AS "sortKey", e.code, e.full_name, e.email, e.phone, e.designation, e.joined_on, e.left_on,
          e.department_id, e.location_id, e.manager_id,
          (SELECT d.name FROM department d WHERE d.tenant_id = e.tenant_id AND d.id = e.department_id) AS department,
          (SELECT l.name FROM location l WHERE l.tenant_id = e.tenant_id AND l.id = e.location_id) AS location,
          (SELECT m.full_name FROM employee m WHERE m.tenant_id = e.tenant_id AND m.id = e.manager_id) AS manager
   FROM employee e WHERE e.tenant_id = $1 ORDER BY e.name_lower, e.id LIMIT 51`,
  `SELECT count(*) AS total FROM employee e WHERE e.tenant_id = $1`,
];

interface Load {
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export async function run(): Promise<Readonly<Record<string, unknown>>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "atrium-bench-"));
  let figures: Readonly<Record<string, unknown>> = {};
  const code = await during(async (lifetime) => {
    const options = { mode: "start", port: await freePort(), dataDir, isReset: false, isConfirmed: true } as const;
    const stack = await bringUp(options, lifetime);
    // As fast as it can is more than any tier allows.
    await setLimits(dataDir, "acme", { perMinute: 10_000_000, perHour: 10_000_000 });
    figures = await measure(`http://127.0.0.1:${options.port}`, stack.demoPassword, stack.databaseUrl);
  });
  removeHome(await openHome(dataDir));
  if (code !== 0) throw new Error("The stack did not come up.");
  return figures;
}

async function measure(origin: string, password: string, databaseUrl: string): Promise<Readonly<Record<string, unknown>>> {
  const cookie = await signIn(origin, "acme", "hr@acme.test", password);
  const read = `${origin}/acme/api/trpc/people.employee.list?input=${encodeURIComponent(JSON.stringify(input))}`;
  await refuseWrongAnswer(read, cookie);
  const seen: Record<"api" | "bare" | "postgres", Load[]> = { api: [], bare: [], postgres: [] };
  await load(read, { cookie }, 3);
  for (let round = 0; round < rounds; round += 1) {
    seen.api.push(await load(read, { cookie }, roundSeconds));
    seen.bare.push(await load(`${origin}/api/health`, {}, roundSeconds));
    seen.postgres.push(await loadPostgres(databaseUrl, roundSeconds));
  }
  const ratios = (to: Load[]) => rounded(median(seen.api.map(({ perSecond }, round) => perSecond / (to[round]?.perSecond ?? Number.NaN))));
  return {
    ratioToBareRoute: ratios(seen.bare),
    ratioToPostgres: ratios(seen.postgres),
    connections,
    ...Object.fromEntries(Object.entries(seen).map(([name, loads]) => [name, middle(loads)])),
  };
}

async function refuseWrongAnswer(url: string, cookie: string): Promise<void> {
  const answer = await fetch(url, { headers: { cookie } });
  const body = await answer.text();
  if (!answer.ok || body.split('"code":').length !== 51) throw new Error(`The read must answer 50 people; it said ${answer.status}: ${body.slice(0, 200)}`);
}

/** `connections` callers, each asking again as soon as it was answered. */
async function load(url: string, headers: Record<string, string>, seconds: number): Promise<Load> {
  const times: number[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<autocannon.Result>();
  const running = autocannon({ url, headers, connections, duration: seconds }, (error: Error | null, result) => (error ? reject(error) : resolve(result)));
  running.on("response", (_client, _status, _bytes, ms) => times.push(ms));
  const { non2xx, errors } = await promise;
  if (non2xx + errors > 0) throw new Error(`${non2xx} refusals and ${errors} errors under load at ${url}.`);
  return loadOf(times, seconds);
}

const loadOf = (times: readonly number[], seconds: number): Load => ({
  perSecond: times.length / seconds,
  p50: median(times),
  p95: percentile(times, 0.95),
  p99: percentile(times, 0.99),
});

/** The same number of callers on connections of their own, confined to the company from their start. */
async function loadPostgres(databaseUrl: string, seconds: number): Promise<Load> {
  const tenantId = await tenantOf(databaseUrl);
  const confined = new URL(databaseUrl);
  confined.searchParams.set("options", `-c app.tenant_id=${tenantId}`);
  const until = performance.now() + seconds * 1_000;
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client({ connectionString: confined.href });
      await client.connect();
      while (performance.now() < until) {
        times.push(await timed(async () => {
          for (const statement of statements) await client.query(statement, [tenantId]);
        }));
      }
      await client.end();
    }),
  );
  return loadOf(times, seconds);
}

async function tenantOf(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("BEGIN");
  await client.query("SET LOCAL ROLE atrium_system");
  const { rows } = await client.query<{ id: string }>("SELECT id FROM tenant WHERE slug = 'acme'");
  await client.query("ROLLBACK");
  await client.end();
  return rows[0]?.id ?? "";
}

function middle(loads: readonly Load[]): Load {
  const of = (pick: (load: Load) => number) => rounded(median(loads.map(pick)), 1);
  return { perSecond: of((l) => l.perSecond), p50: of((l) => l.p50), p95: of((l) => l.p95), p99: of((l) => l.p99) };
}
