import { findTenantByHost } from "@atrium/identity";
import type { NextRequest } from "next/server";
import { callerAddress, isLoopback } from "../../../server/address.ts";
import { runtime } from "../../../server/runtime.ts";

/** Whose own domain a name is: a question of this process's own edge, which has no way to the database. */
export async function GET(request: NextRequest): Promise<Response> {
  const name = request.nextUrl.searchParams.get("name");
  const slug = name !== null && isLoopback(callerAddress(request.headers)) ? await findTenantByHost((await runtime()).database, name) : undefined;
  return slug === undefined ? new Response(null, { status: 404 }) : Response.json({ slug });
}
