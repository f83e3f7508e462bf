import { TRPCClientError } from "@trpc/client";
import { z } from "zod";
import { reachable } from "./server-state.ts";
import { askForProof } from "./step-up.ts";

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

/** The page below the company's path that says why its doors are shut, if that is what a call was told. */
export function outcomePage(error: unknown): string | undefined {
  const { code = "" } = refusalOf(error) ?? {};
  return Object.hasOwn(outcomes, code) ? outcomes[code] : undefined;
}

const answerSchema = z.object({ error: refusalSchema });

/**
 * Calls a route handler below the company's path; asks for a proof of who the person is, and calls once more, where the
 * route wants one. Throws `RouteRefused` with what the server said, or what `fetch` throws.
 */
export async function fetchRoute(path: string, init?: RequestInit): Promise<Response> {
  try {
    return await callRoute(path, init);
  } catch (error) {
    const refused = await refusedProof(error);
    if (refused !== undefined) throw refused;
    return callRoute(path, init);
  }
}

/**
 * Asks for the proof that a door wants. Undefined once it was given, so that the call is made again; else what the caller is
 * told: that it was not given, or what the door said if that was something else.
 */
export async function refusedProof(thrown: unknown): Promise<Error | undefined> {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (refusalOf(error)?.code !== "session/step-up-required") return error;
  const answer = await askForProof();
  if (answer === "proved") return undefined;
  return answer === "cancelled" ? asRefusal("session/step-up-cancelled") : error;
}

async function callRoute(path: string, init?: RequestInit): Promise<Response> {
  const answer = await reachable(path, init);
  if (answer.ok) return answer;
  const said = answerSchema.safeParse(await answer.json().catch(() => undefined)).data;
  throw new RouteRefused(said?.error ?? { code: "request/internal", requestId: answer.headers.get("x-request-id") ?? "none" });
}

/** A refusal that came back in an address, with the values that its sentence names: `session/too-many-tries?seconds=8`. */
export function asRefusal(text: string): RouteRefused {
  const [code = "", query = ""] = text.split("?", 2);
  const values = [...new URLSearchParams(query)].map(([name, value]) => [name, /^\d{1,9}$/.test(value) ? Number(value) : value] as const);
  return new RouteRefused({ code, params: Object.fromEntries(values), requestId: "" });
}
