import * as billing from "@atrium/billing/contract";
import * as identity from "@atrium/identity/contract";
import type { EventDefinition } from "@atrium/kernel";
import * as payroll from "@atrium/payroll/contract";
import * as people from "@atrium/people/contract";
import * as time from "@atrium/time/contract";
import { Inngest } from "inngest";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { vi } from "vitest";
import { z } from "zod";
import { jobs } from "../jobs.ts";
import { runtime } from "../runtime.ts";
import type { MarkedCompany } from "./company.ts";
import { shownBy } from "./crossing.ts";
import { sampleOf } from "./inputs.ts";

/* Jobs that are called with forged news: of one company, with another's ids. */

const Event = z.object({ name: z.string(), payload: z.instanceof(z.ZodType) });
const events = new Map<string, EventDefinition>(
  [billing, identity, payroll, people, time].flatMap((contract) => Object.values(contract).flatMap((one) => Event.safeParse(one).data ?? [])).map((event) => [event.name, event]),
);

/** What the ids in the news' payloads begin with: they are plain texts there. */
const prefixes: Readonly<Record<string, string>> = { runId: "prn", importId: "imp", memberId: "mem", actorMemberId: "mem", linkId: "lnk", invoiceId: "inv", employeeId: "emp" };

/** The payload as a forger would write it: for this company, with another's ids. */
function forged(payload: z.ZodType, from: MarkedCompany, into: MarkedCompany): Readonly<Record<string, unknown>> {
  const sampled = z.record(z.string(), z.unknown()).parse(sampleOf(payload, { ids: into.ids, isFull: true }));
  const theirs = (field: string): unknown => into.ids.find((id) => id.startsWith(`${prefixes[field] ?? ""}_`));
  return Object.fromEntries(Object.entries(sampled).map(([field, value]) => [field, field === "tenantId" ? from.tenant.id : field.endsWith("Id") ? theirs(field) : value]));
}

/** A step runs at once and is never run again; whatever else a job asks of its server, it does without. */
const step = new Proxy({}, { get: (_target, tool) => (tool === "run" ? (_id: string, work: () => unknown) => work() : async () => null) });

type Handler = (arrival: { readonly event: { readonly data: unknown }; readonly step: unknown; readonly runId: string }) => Promise<unknown>;
const Bound = z.tuple([z.object({ triggers: z.array(z.looseObject({})) }), z.custom<Handler>((value) => typeof value === "function")]);

/** What the job server would be told of a job: its news, and the function that it calls. */
async function bind(job: (typeof jobs)[number]): Promise<{ readonly on: string | undefined; readonly handler: Handler }> {
  const client = new Inngest({ id: "test", isDev: true });
  const bound = vi.spyOn(client, "createFunction");
  job.bind({ ...(await runtime()), client });
  const [{ triggers }, handler] = Bound.parse(bound.mock.calls[0]);
  return { on: z.looseObject({ event: z.string() }).safeParse(triggers[0]).data?.event, handler };
}

const mails = (folder: string): string =>
  existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8")).join("\n") : "";

/** The jobs that news start. What the clock starts goes through all companies; no news can lead it astray. */
export async function jobsOfNews(): Promise<readonly (typeof jobs)[number][]> {
  const started = await Promise.all(jobs.map(async (job) => ({ job, on: (await bind(job)).on })));
  return started.filter(({ on }) => on !== undefined).map(({ job }) => job);
}

/** Calls a job in the name of one company with the other's ids; what it told of the other, in its result or in a mail. */
export async function toldByJob(job: (typeof jobs)[number], from: MarkedCompany, into: MarkedCompany): Promise<readonly string[]> {
  const { on = "", handler } = await bind(job);
  const payload = events.get(on)?.payload;
  if (!payload) throw new Error(`No contract knows the news ${on}.`);
  const data = forged(payload, from, into);
  payload.parse(data);
  const result = await handler({ event: { data }, step, runId: "run-test-0001" }).catch((thrown: unknown) => (thrown instanceof Error ? thrown.message : "thrown"));
  const { env } = await runtime();
  return shownBy(JSON.stringify(data), { bytes: `${JSON.stringify(result)}\n${mails(env.MAIL_OUTBOX_DIR ?? "")}` }, into);
}
