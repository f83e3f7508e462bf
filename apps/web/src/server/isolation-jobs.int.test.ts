import { checksum } from "@atrium/db/testing";
import * as identity from "@atrium/identity/contract";
import type { EventDefinition } from "@atrium/kernel";
import * as payroll from "@atrium/payroll/contract";
import * as people from "@atrium/people/contract";
import * as time from "@atrium/time/contract";
import { Inngest } from "inngest";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { jobs } from "./jobs.ts";
import { runtime } from "./runtime.ts";
import { makeMarkedCompany } from "./testing/company.ts";
import type { MarkedCompany } from "./testing/company.ts";
import { shownBy } from "./testing/crossing.ts";
import { openTestRuntime } from "./testing/doors.ts";
import { sampleOf } from "./testing/inputs.ts";

/* The jobs: whatever news of one company carry, ids of another among it, its jobs do nothing in that and say nothing of it. */

let a: MarkedCompany;
let b: MarkedCompany;
let close: () => void;
beforeAll(async () => {
  close = await openTestRuntime();
  [a, b] = [await makeMarkedCompany("A"), await makeMarkedCompany("B")];
});
afterAll(() => close());

const Event = z.object({ name: z.string(), payload: z.instanceof(z.ZodType) });
const events = new Map<string, EventDefinition>(
  [identity, payroll, people, time].flatMap((contract) => Object.values(contract).flatMap((one) => Event.safeParse(one).data ?? [])).map((event) => [event.name, event]),
);

/** What the ids in the news' payloads begin with: they are plain texts there. */
const prefixes: Readonly<Record<string, string>> = { runId: "prn", importId: "imp", memberId: "mem", actorMemberId: "mem", linkId: "lnk", employeeId: "emp" };

/** The payload as a forger would write it: for this company, with another's ids. */
function forged(payload: z.ZodType): Readonly<Record<string, unknown>> {
  const sampled = z.record(z.string(), z.unknown()).parse(sampleOf(payload, { ids: b.ids, isFull: true }));
  const theirs = (field: string): unknown => b.ids.find((id) => id.startsWith(`${prefixes[field] ?? ""}_`));
  return Object.fromEntries(Object.entries(sampled).map(([field, value]) => [field, field === "tenantId" ? a.tenant.id : field.endsWith("Id") ? theirs(field) : value]));
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

describe("a job", () => {
  it.each(jobs.map((job) => [job.id, job] as const))("%s does nothing in another company and says nothing of it", async (_id, job) => {
    const { on, handler } = await bind(job);
    // What the clock starts goes through all companies, each in a transaction of its own; no news can lead it astray.
    if (on === undefined) return;
    const payload = events.get(on)?.payload;
    if (!payload) throw new Error(`No contract knows the news ${on}.`);
    const data = forged(payload);
    expect(payload.safeParse(data).error?.issues).toBeUndefined();
    const before = await checksum(b.tenant.id);
    const result = await handler({ event: { data }, step, runId: "run-test-0001" }).catch((thrown: unknown) => (thrown instanceof Error ? thrown.message : "thrown"));
    const { env } = await runtime();
    const said = `${JSON.stringify(result)}\n${mails(env.MAIL_OUTBOX_DIR ?? "")}`;
    expect(shownBy(JSON.stringify(data), { bytes: said }, b)).toEqual([]);
    expect(await checksum(b.tenant.id)).toEqual(before);
  });

  it("is tried when news start it", async () => {
    const started = await Promise.all(jobs.map(async (job) => (await bind(job)).on));
    expect(started.filter((on) => on !== undefined).length).toBeGreaterThan(3);
  });
});
