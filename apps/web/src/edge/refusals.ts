import { NextResponse } from "next/server";
import sentences from "../../messages/en/errors.json" with { type: "json" };

/** What the edge itself refuses, each with its status. */
const statuses = {
  "request/misdirected": 421,
  "request/cross-site": 403,
  "request/not-found": 404,
  "request/busy": 503,
  "session/ended": 401,
  tenant_not_found: 404,
} as const;
export type EdgeRefusal = keyof typeof statuses;

/** A door for programs: the house's own, or one below a company's path. */
export const isApiPath = (pathname: string): boolean => pathname.split("/").slice(1, 3).includes("api");

/** A refusal in the form its asker reads: a procedure's, a route handler's, or a page of its own. */
export function refuse(code: EdgeRefusal, pathname: string, requestId: string): NextResponse {
  const status = statuses[code];
  const error = { code, requestId };
  if (/^\/[^/]*\/api\/trpc\//.test(pathname)) {
    // The form in which tRPC's client expects an error; its own number says nothing that the status does not.
    const shape = { message: code, code: -32_000, data: { httpStatus: status, app: error } };
    return NextResponse.json({ error: shape }, { status });
  }
  if (isApiPath(pathname)) return NextResponse.json({ error }, { status });
  return new NextResponse(page(code, requestId), { status, headers: { "content-type": "text/html; charset=utf-8" } });
}

/** Small enough to need nothing else of the house: no file of its own is served at a host that is not its own. */
const page = (code: EdgeRefusal, requestId: string): string => `<!doctype html>
<html lang="en-IN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Atrium</title>
<main style="max-width: 36rem; margin: 20vh auto 0; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif">
<h1 style="font-size: 1.25rem">Atrium</h1>
<p>${sentences[code]}</p>
<p><small>${code} · ${requestId}</small></p>
</main>
</html>
`;
