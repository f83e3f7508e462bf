import type { NextRequest } from "next/server";
import { checkServices } from "../../../../server/health.ts";
import { runtime } from "../../../../server/runtime.ts";

/**
 * Whether this process can serve: 200 or 503. Which part is not well is told to this machine alone; a proxy names the
 * caller it speaks for, and without one the server writes down who called.
 */
export async function GET(request: NextRequest): Promise<Response> {
  const checks = await checkServices(await runtime());
  const isReady = checks.every(({ isWell }) => isWell);
  const callers = (request.headers.get("x-forwarded-for") ?? "").split(",").map((address) => address.trim());
  const isLocal = callers.every((address) => /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(address));
  return Response.json({ ready: isReady, ...(isLocal && { checks }) }, { status: isReady ? 200 : 503, headers: { "cache-control": "no-store" } });
}
