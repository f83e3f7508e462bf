import type { Database } from "@atrium/db";
import type { EmittedEvent, EventDefinition } from "@atrium/kernel";
import { cron as every, eventType, Inngest, NonRetriableError } from "inngest";
import type { GetStepTools, InngestFunction } from "inngest";
import type { Keyring } from "@atrium/vault";
import { z } from "zod";
import { actorOf, workIn } from "./context.ts";
import type { Ctx } from "./context.ts";
import type { Files } from "./files.ts";
import type { Logger } from "./log.ts";
import type { Mail } from "./mail.ts";
import { finish } from "./enter.ts";
import { appErrorFrom } from "./errors.ts";
import { sweepOutbox } from "./outbox.ts";
import { loadTenant } from "./session.ts";

/** What jobs need from the process they run in. */
export interface JobRuntime {
  readonly client: Inngest;
  readonly database: Database;
  readonly keyring: Keyring;
  readonly files: Files;
  readonly mail: Mail;
  readonly log: Logger;
  readonly clock: () => Date;
  /** Where people reach the house, without a slash at the end: `https://hr.example.test`. Mails link to it. */
  readonly publicUrl: string;
}

/** What a job's body is given. */
export interface Job<D> {
  /** The event's payload, parsed. */
  readonly data: D;
  readonly runId: string;
  readonly step: GetStepTools<Inngest>;
  readonly files: Files;
  readonly mail: Mail;
  readonly log: Logger;
  /** The address of a page of this company, for a mail: `link("acme", "payslips")`. */
  link(slug: string, ...path: readonly string[]): string;
  /**
   * One transaction for the event's company, as the system. Use it inside a step: what it returns is kept by the job
   * server, so it is ids and counts, never pay. News go out after the commit.
   */
  inTenant<T>(work: (ctx: Ctx) => Promise<T>, limits?: { readonly timeoutMs?: number }): Promise<T>;
}

export interface JobOptions<S extends z.ZodType> {
  /** Unique in the house: `payroll/compute-run`. */
  readonly id: string;
  readonly on: EventDefinition<string, S>;
  /** Tries after the first. */
  readonly retries?: 0 | 1 | 2 | 3 | 4 | 5 | 8;
  /** How many of one company's runs of this job go on at the same moment. */
  readonly concurrencyPerTenant?: number;
  /** Called once when the last try has failed, with the message of what went wrong. */
  readonly onFailure?: (job: Pick<Job<z.output<S>>, "data" | "inTenant" | "log">, failure: string) => Promise<void>;
}

/** A job before it is bound to a process: what a slice's `jobs.ts` exports. */
export interface JobDefinition {
  readonly id: string;
  bind(runtime: JobRuntime): InngestFunction.Any;
}

/** What `emit` adds to every payload. */
const originSchema = z.object({ tenantId: z.string().min(1), actorMemberId: z.string().optional(), requestId: z.string().optional() });

/** What the job server brings. The payload is whatever was sent, until the contract has read it. */
interface Arrival {
  readonly event: { readonly data: unknown };
  readonly step: GetStepTools<Inngest>;
  readonly runId: string;
}

const failureEvent = z.object({
  data: z.object({ run_id: z.string(), error: z.object({ message: z.string() }), event: z.object({ data: z.unknown() }) }),
});

/** Makes a job of one company's event. Its body runs step by step on the job server; a finished step never runs again. */
export function tenantJob<S extends z.ZodType>(options: JobOptions<S>, body: (job: Job<z.output<S>>) => Promise<unknown>): JobDefinition {
  const { id, on, retries = 3, concurrencyPerTenant, onFailure } = options;
  return {
    id,
    bind: (runtime) =>
      runtime.client.createFunction(
        {
          id: id.replaceAll("/", "-"),
          retries,
          triggers: [eventType(on.name)],
          ...(concurrencyPerTenant && { concurrency: { limit: concurrencyPerTenant, key: "event.data.tenantId" } }),
          ...(onFailure && {
            onFailure: async ({ event }: { readonly event: unknown }) => {
              const { run_id: runId, error, event: original } = failureEvent.parse(event).data;
              await onFailure({ ...surroundings(runtime, id, runId, original.data), data: on.payload.parse(original.data) }, error.message);
            },
          }),
        },
        async ({ event, step, runId }: Arrival) => {
          const data = parsePayload(on, event.data);
          const { files, mail, publicUrl } = runtime;
          const link = (...path: readonly string[]): string => [publicUrl, ...path].join("/");
          return body({ ...surroundings(runtime, id, runId, event.data), data, step, runId, files, mail, link });
        },
      ),
  };
}

/** Makes a job of the clock. It belongs to no company: it goes through them, each in a transaction of its own. `cron` is in UTC. */
export function clockJob(id: string, cron: string, work: (runtime: JobRuntime) => Promise<unknown>): JobDefinition {
  return {
    id,
    bind: (runtime) =>
      runtime.client.createFunction({ id: id.replaceAll("/", "-"), retries: 0, triggers: [every(cron)] }, ({ step }: Arrival) =>
        step.run("work", () => work({ ...runtime, log: runtime.log.child({ job: id }) })),
      ),
  };
}

/** A job of the clock that does the same in every company, in a transaction of each. One that fails does not keep the others waiting. */
export function tenantClockJob(id: string, cron: string, work: (ctx: Ctx, files: Files) => Promise<unknown>): JobDefinition {
  return clockJob(id, cron, async (runtime) => {
    const companies = await runtime.database.withSystem((db) => db.$queryRaw<{ id: string }[]>`SELECT id FROM tenant WHERE status <> 'deleted' ORDER BY id`);
    let failed = 0;
    for (const { id: tenantId } of companies) {
      try {
        await surroundings(runtime, id, "clock", { tenantId }).inTenant((ctx) => work(ctx, runtime.files));
      } catch (error) {
        failed += 1;
        runtime.log.error({ tenantId, err: error }, "the job failed in one company");
      }
    }
    return { companies: companies.length, failed };
  });
}

/** The house's own jobs: those that belong to no domain. */
export const houseJobs: readonly JobDefinition[] = [
  clockJob("api/sweep-outbox", "* * * * *", ({ client, database, log, clock }) =>
    sweepOutbox(database, (events) => sendEvents(client, events), log, clock()),
  ),
];

function parsePayload<S extends z.ZodType>(on: EventDefinition<string, S>, data: unknown): z.output<S> {
  const parsed = on.payload.safeParse(data);
  if (!parsed.success) throw new NonRetriableError(`The payload of ${on.name} is not what its contract says.`);
  return parsed.data;
}

function surroundings(runtime: JobRuntime, jobId: string, runId: string, data: unknown) {
  const { tenantId, actorMemberId, requestId = runId } = originSchema.parse(data);
  const log = runtime.log.child({ job: jobId, runId, requestId, tenantId });
  const inTenant = async <T>(work: (ctx: Ctx) => Promise<T>, limits?: { readonly timeoutMs?: number }): Promise<T> => {
    const { value, after } = await runtime.database
      .withTenant(
        tenantId,
        async (db) => {
          const tenant = await loadTenant(db, tenantId);
          return workIn({ tenant, actor: actorOf({ memberId: actorMemberId }), scopes: ["tenant"], db, keyring: runtime.keyring, requestId, now: runtime.clock() }, work);
        },
        { timeoutMs: limits?.timeoutMs ?? 60_000 },
      )
      .catch((thrown: unknown) => {
        throw retriableOrNot(thrown);
      });
    await finish({ database: runtime.database, sendEvents: (events) => sendEvents(runtime.client, events), log }, after);
    return value;
  };
  return { log, inTenant };
}

/** A refusal of the house will be the same at the next try; a busy database will not. Messages carry codes, never rows. */
function retriableOrNot(thrown: unknown): Error {
  const error = appErrorFrom(thrown);
  const isLasting = error.kind !== "internal" && error.kind !== "unavailable";
  return isLasting ? new NonRetriableError(error.code, { cause: error }) : new Error(error.code, { cause: error.detail.cause });
}

/** Sends news to the job server. An event's id makes the same news twice start a job once. */
export async function sendEvents(client: Inngest, events: readonly EmittedEvent[]): Promise<void> {
  if (events.length > 0) await client.send(events.map(({ name, id, data }) => ({ name, id, data: { ...data } })));
}
