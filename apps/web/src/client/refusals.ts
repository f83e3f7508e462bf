import { TRPCClientError } from "@trpc/client";
import { z } from "zod";
import { askToRepeat } from "./repeats.ts";
import { reachable } from "./server-state.ts";
import { askForProof } from "./step-up.ts";
import { waitOut } from "./waits.ts";
import type { Limit } from "./waits.ts";

const params = z.record(z.string(), z.union([z.string(), z.number()])).optional();

/** What the server tells of a refusal: see `PublicError` in packages/api, which writes it. */
const refusalSchema = z.object({
  code: z.string(),
  field: z.string().optional(),
  params,
  fields: z.array(z.object({ field: z.string(), code: z.string(), params })).optional(),
  requestId: z.string(),
});
export type Refusal = z.output<typeof refusalSchema>;

/** A refusal that a route handler (an upload, a file) answered. */
export class RouteRefused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.code);
    this.name = "RouteRefused";
    this.refusal = refusal;
  }
}

/** The refusal in an error that a call or `fetchRoute` threw; undefined when the server never answered. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof RouteRefused) return error.refusal;
  if (!(error instanceof TRPCClientError)) return undefined;
  // A call that was given up in the browser, because nobody proved who they are.
  if (error.cause instanceof RouteRefused) return error.cause.refusal;
  const data: unknown = error.data;
  return z.object({ app: refusalSchema }).safeParse(data).data?.app;
}

/** Whether the server, or the way to it, is what failed. */
export const isUnreachable = (error: unknown): boolean => error instanceof TRPCClientError && refusalOf(error) === undefined;

/** Whether the same call may well succeed in a moment. */
export const isPassing = (error: unknown): boolean => isUnreachable(error) || refusalOf(error)?.code === "request/busy";

const sessionCodes = ["session/missing", "session/ended", "tenant_mismatch"];

/** Whether the person has to sign in again. */
export const isSignedOut = (error: unknown): boolean => sessionCodes.includes(refusalOf(error)?.code ?? "");

const outcomes: Readonly<Record<string, string>> = {
  tenant_suspended: "suspended",
  subscription_expired: "subscription",
  tenant_not_found: "",
  "session/mfa-enrolment-required": "account/security",
};

/**
 * The page below the company's path that says why its doors are shut, if that is what a call was told. A write that met a
 * subscription which is over leads nowhere: what is there may still be read. Where it may not, the next read leads away.
 */
export function outcomePage(error: unknown, isRead: boolean): string | undefined {
  const { code = "" } = refusalOf(error) ?? {};
  if (code === "subscription_expired" && !isRead) return undefined;
  return Object.hasOwn(outcomes, code) ? outcomes[code] : undefined;
}

const answerSchema = z.object({ error: refusalSchema });

/** What a route handler, or the edge before it, said in a body instead of an answer. */
export const saidRefusal = (body: unknown): Refusal | undefined => answerSchema.safeParse(body).data?.error;

/** The limit of requests that a call met, if that is why it was refused. */
export function limitOf(error: unknown): Limit | undefined {
  const { code = "", params: values } = refusalOf(error) ?? {};
  const seconds = values?.["seconds"];
  return code.startsWith("limits/") && typeof seconds === "number" ? { code, seconds } : undefined;
}

/**
 * Calls a route handler below the company's path; asks for a proof of who the person is, and calls once more, where the
 * route wants one. At a limit of requests it waits with what only reads, and asks before it repeats what writes. Throws
 * `RouteRefused` with what the server said, or what `fetch` throws.
 */
export async function fetchRoute(path: string, init?: RequestInit): Promise<Response> {
  try {
    return await callWithinLimits(path, init);
  } catch (error) {
    const refused = await refusedProof(error);
    if (refused !== undefined) throw refused;
    return callWithinLimits(path, init);
  }
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/**
 * Asks for the proof that a door wants. Undefined once it was given, so that the call is made again; else what the caller is
 * told: that it was not given, or what the door said if that was something else.
 */
export async function refusedProof(thrown: unknown): Promise<Error | undefined> {
  const error = asError(thrown);
  if (refusalOf(error)?.code !== "session/step-up-required") return error;
  const answer = await askForProof();
  if (answer === "proved") return undefined;
  return answer === "cancelled" ? asRefusal("session/step-up-cancelled") : error;
}

/** A call that may have met a limit. */
interface LimitedCall {
  readonly isRead: boolean;
  /** What it does: a procedure or a route by its name, `payroll/run/start`. */
  readonly act: string;
  /** How often it was made. */
  readonly tries: number;
}

/** So often a read is made; then its page says why it is not there. */
const mostTries = 5;

/** Waits until a call that met a limit may be made again. Undefined then; else what the caller is told, as `refusedProof` does. */
export async function refusedByLimit(thrown: unknown, { isRead, act, tries }: LimitedCall): Promise<Error | undefined> {
  const error = asError(thrown);
  const limit = limitOf(error);
  if (limit === undefined || (isRead && tries >= mostTries)) return error;
  if (isRead) return waitOut(limit, tries);
  const answer = await askToRepeat(limit, act);
  if (answer === "repeat") return undefined;
  return answer === "left" ? asRefusal("limits/left-undone") : error;
}

async function callWithinLimits(path: string, init?: RequestInit): Promise<Response> {
  const isRead = init?.method === undefined || init.method === "GET";
  const act = path.replace(/^.*?\/api\//, "").replace(/\?.*/s, "");
  for (let tries = 1; ; tries += 1) {
    try {
      return await callRoute(path, init);
    } catch (error) {
      const refused = await refusedByLimit(error, { isRead, act, tries });
      if (refused !== undefined) throw refused;
    }
  }
}

async function callRoute(path: string, init?: RequestInit): Promise<Response> {
  const answer = await reachable(path, init);
  if (answer.ok) return answer;
  throw new RouteRefused(saidRefusal(await answer.json().catch(() => undefined)) ?? { code: "request/internal", requestId: answer.headers.get("x-request-id") ?? "none" });
}

/** A refusal that came back in an address, with the values that its sentence names: `session/too-many-tries?seconds=8`. */
export function asRefusal(text: string): RouteRefused {
  const [code = "", query = ""] = text.split("?", 2);
  const values = [...new URLSearchParams(query)].map(([name, value]) => [name, /^\d{1,9}$/.test(value) ? Number(value) : value] as const);
  return new RouteRefused({ code, params: Object.fromEntries(values), requestId: "" });
}
