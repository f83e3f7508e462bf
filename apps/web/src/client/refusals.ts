import { TRPCClientError } from "@trpc/client";
import { z } from "zod";
import { reachable } from "./server-state.ts";

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
  const data: unknown = error.data;
  return z.object({ app: refusalSchema }).safeParse(data).data?.app;
}

/** Whether the server, or the way to it, is what failed. */
export const isUnreachable = (error: unknown): boolean => error instanceof TRPCClientError && refusalOf(error) === undefined;

/** Whether the same call may well succeed in a moment. */
export const isPassing = (error: unknown): boolean => isUnreachable(error) || refusalOf(error)?.code === "request/busy";

const sessionCodes = ["session/missing", "session/ended", "session/tenant-mismatch"];

/** Whether the person has to sign in again. */
export const isSignedOut = (error: unknown): boolean => sessionCodes.includes(refusalOf(error)?.code ?? "");

const answerSchema = z.object({ error: refusalSchema });

/** Calls a route handler below the company's path. Throws `RouteRefused` with what the server said, or what `fetch` throws. */
export async function fetchRoute(path: string, init?: RequestInit): Promise<Response> {
  const answer = await reachable(path, init);
  if (answer.ok) return answer;
  const said = answerSchema.safeParse(await answer.json().catch(() => undefined)).data;
  throw new RouteRefused(said?.error ?? { code: "request/internal", requestId: answer.headers.get("x-request-id") ?? "none" });
}


/** A refusal of which only the code came back, in an address. */
export const asRefusal = (code: string): RouteRefused => new RouteRefused({ code, requestId: "" });
