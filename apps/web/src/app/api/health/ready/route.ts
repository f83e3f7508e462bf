import type { NextRequest } from "next/server";
import { callerAddress, isLoopback } from "../../../../server/address.ts";
import { checkServices } from "../../../../server/health.ts";
import { runtime } from "../../../../server/runtime.ts";

/** Whether this process can serve: 200 or 503. Which part is not well is told to this machine alone. */
export async function GET(request: NextRequest): Promise<Response> {
  const checks = await checkServices(await runtime());
  const isReady = checks.every(({ isWell }) => isWell);
  const isLocal = isLoopback(callerAddress(request.headers));
  return Response.json({ ready: isReady, ...(isLocal && { checks }) }, { status: isReady ? 200 : 503, headers: { "cache-control": "no-store" } });
}
