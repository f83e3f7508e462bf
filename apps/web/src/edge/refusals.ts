import { problem, problemType } from "@atrium/limits";
import type { BatchRefusal, BucketName, LimitCode } from "@atrium/limits";
import { NextResponse } from "next/server";
import sentences from "../../messages/en/errors.json" with { type: "json" };

/** What the edge itself refuses, each with its status. */
const statuses = {
  "request/misdirected": 421,
  "request/cross-site": 403,
  "request/not-found": 404,
  "request/busy": 503,
  "request/too-large": 413,
  "session/ended": 401,
  tenant_not_found: 404,
  "limits/batch-too-large": 400,
  "limits/batch-mixed": 400,
  "limits/tenant-minute": 429,
  "limits/tenant-hour": 429,
  "limits/user": 429,
  "limits/page": 429,
  "limits/address": 429,
  "limits/account": 429,
  "limits/heavy": 429,
  "limits/unavailable": 503,
} as const satisfies Readonly<Record<LimitCode | BatchRefusal, number>> & Readonly<Record<string, number>>;
export type EdgeRefusal = keyof typeof statuses;

export interface Refused {
  readonly code: EdgeRefusal;
  /** After so long one may come again. */
  readonly seconds?: number;
  /** The buckets that had too little. */
  readonly violated?: readonly BucketName[];
}

/** A door for programs: the house's own, or one below a company's path. */
export const isApiPath = (pathname: string): boolean => pathname.split("/", 3).includes("api");

/** A refusal in the form its asker reads: a procedure's, a route handler's, or a page of its own. */
export function refuse(refused: Refused, pathname: string, requestId: string): NextResponse {
  const { code, seconds } = refused;
  const status = statuses[code];
  const answer = isApiPath(pathname) ? toProgram(refused, pathname, requestId) : toPerson(refused, requestId, status);
  if (seconds !== undefined) answer.headers.set("Retry-After", String(seconds));
  return answer;
}

function toProgram({ code, seconds, violated }: Refused, pathname: string, requestId: string): NextResponse {
  const status = statuses[code];
  const app = { code, requestId, ...(seconds !== undefined && { params: { seconds } }) };
  // The form in which tRPC's client expects an error; its own number says nothing that the status does not.
  const isProcedure = /^\/[^/]*\/api\/trpc\//.test(pathname);
  const error = isProcedure ? { message: code, code: -32_000, data: { httpStatus: status, app } } : app;
  if (!code.startsWith("limits/")) return NextResponse.json({ error }, { status });
  const body = JSON.stringify(problem(status, sentenceOf(code, seconds), error, violated));
  return new NextResponse(body, { status, headers: { "content-type": problemType } });
}

const toPerson = (refused: Refused, requestId: string, status: number): NextResponse =>
  new NextResponse(page(refused, requestId), { status, headers: { "content-type": "text/html; charset=utf-8" } });

/** These few sentences have no other value than the seconds, and nothing that changes with them. */
const sentenceOf = (code: EdgeRefusal, seconds = 0): string => sentences[code].replaceAll("{seconds}", String(seconds));

/** Small enough to need nothing else of the house: no file of its own is served at a host that is not its own. */
const page = ({ code, seconds }: Refused, requestId: string): string => `<!doctype html>
<html lang="en-IN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">${seconds === undefined ? "" : `\n<meta http-equiv="refresh" content="${seconds}">`}
<title>Atrium</title>
<main style="max-width: 36rem; margin: 20vh auto 0; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif">
<h1 style="font-size: 1.25rem">Atrium</h1>
<p>${sentenceOf(code, seconds)}</p>
<p><small>${code} · ${requestId}</small></p>
</main>
</html>
`;
