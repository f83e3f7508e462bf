/** The HTTP face of the server: events in, registrations in, state and health out. */
import http from "node:http";
import { z } from "zod";
import { BodyTooLarge, readBody } from "./app-client.ts";
import { loadSteps, memosOf } from "./call-state.ts";
import type { ServerContext } from "./context.ts";
import { inTransaction } from "./database.ts";
import { receiveEvents, SentEvents, storeEvents } from "./events.ts";
import { readHealth } from "./maintenance.ts";
import { Registration } from "./registry.ts";
import { isAuthorized, isSameSecret } from "./signature.ts";

type Answer = { readonly status: number; readonly body: unknown };

export function createHttpServer(ctx: ServerContext): http.Server {
  return http.createServer((incoming, outgoing) => {
    answer(ctx, incoming)
      .catch((error: unknown): Answer => explainFailure(ctx, error))
      .then(({ status, body }) => {
        outgoing.writeHead(status, { "content-type": "application/json", "x-inngest-server-kind": "cloud" });
        outgoing.end(JSON.stringify(body));
      })
      .catch((error: unknown) => {
        ctx.log.error({ err: error }, "An answer could not be sent");
      });
  });
}

async function answer(ctx: ServerContext, incoming: http.IncomingMessage): Promise<Answer> {
  const { pathname } = new URL(incoming.url ?? "/", "http://127.0.0.1");
  const [area, ...rest] = pathname.split("/").slice(1);
  const route = `${incoming.method ?? ""} ${area ?? ""}`;
  if (route === "GET health") return { status: 200, body: await readHealth(ctx.pool) };
  if (route === "POST e") return ingest(ctx, incoming, rest[0] ?? "");
  if (route === "POST fn" && rest[0] === "register") return authorized(ctx, incoming, () => register(ctx, incoming));
  if (route === "GET v0" && rest[0] === "runs") return authorized(ctx, incoming, () => readRun(ctx, rest[1] ?? "", rest[2] ?? ""));
  return refusal(404, "There is nothing here.");
}

function refusal(status: number, error: string): Answer {
  // The SDK looks at the status in the body only.
  return { status, body: { error, status } };
}

function explainFailure(ctx: ServerContext, error: unknown): Answer {
  if (error instanceof BodyTooLarge) return refusal(413, error.message);
  if (error instanceof SyntaxError) return refusal(400, "The body is not JSON.");
  ctx.log.error({ err: error }, "A request failed");
  return refusal(500, "The server could not do this; its log says why.");
}

async function authorized(ctx: ServerContext, incoming: http.IncomingMessage, work: () => Promise<Answer>): Promise<Answer> {
  return isAuthorized(incoming.headers.authorization, ctx.keys.signingKey) ? work() : refusal(401, "Unauthorized");
}

function header(incoming: http.IncomingMessage, name: string): string | undefined {
  const value = incoming.headers[name];
  return typeof value === "string" ? value : undefined;
}

async function ingest(ctx: ServerContext, incoming: http.IncomingMessage, key: string): Promise<Answer> {
  if (!isSameSecret(key, ctx.keys.eventKey)) return refusal(401, "Event key not found");
  const sent = SentEvents.safeParse(JSON.parse(await readBody(incoming)));
  if (!sent.success) return { status: 400, body: { ids: [""], ...problem(sent.error) } };
  const events = receiveEvents(sent.data, header(incoming, "x-inngest-event-id-seed"));
  await inTransaction(ctx.pool, (tx) => storeEvents(tx, events));
  return { status: 200, body: { ids: events.map(({ internalId }) => internalId), status: 200 } };
}

function problem(error: z.ZodError): { error: string; status: number } {
  return { error: error.issues[0]?.message ?? z.prettifyError(error), status: 400 };
}

async function register(ctx: ServerContext, incoming: http.IncomingMessage): Promise<Answer> {
  const expectedKind = header(incoming, "x-inngest-expected-server-kind");
  if (expectedKind !== undefined && expectedKind !== "" && expectedKind !== "cloud") {
    return refusal(400, `The app expects a server of the kind "${expectedKind}"; this one is "cloud".`);
  }
  const registration = Registration.safeParse(JSON.parse(await readBody(incoming)));
  if (!registration.success) return { status: 400, body: problem(registration.error) };
  const result = await ctx.registry.register(registration.data);
  if (!result.ok) {
    ctx.log.warn({ app: registration.data.appName }, result.error);
    return refusal(400, result.error);
  }
  ctx.log.info({ app: registration.data.appName, functions: registration.data.functions.length }, "The app's functions are registered");
  return { status: 200, body: { ok: true, modified: result.modified, status: 200 } };
}

/** A run's state in the shapes the SDK would ask for; calls carry it inline, so this serves whoever looks into a run. */
async function readRun(ctx: ServerContext, runId: string, part: string): Promise<Answer> {
  const { rows } = await ctx.pool.query<{ event: unknown }>("select event from inngest.runs where id = $1", [runId]);
  const [run] = rows;
  if (run === undefined) return refusal(404, "There is no such run.");
  if (part === "batch") return { status: 200, body: [run.event] };
  if (part === "actions") return { status: 200, body: memosOf(await loadSteps(ctx.pool, runId)) };
  return refusal(404, "There is nothing here.");
}
