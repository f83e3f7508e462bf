import type { NextRequest, NextResponse } from "next/server";
import { edgeSettings } from "./edge/env.ts";
import { gate } from "./edge/gate.ts";

/**
 * Everything but what the build made: those files are the same for everybody and carry their own name's hash. There is no
 * image optimiser; a request for it is refused here before it can reach one.
 */
export const config = { matcher: ["/((?!_next/static/|favicon\\.ico$|icon\\.svg$).*)"] };

let answer: ((request: NextRequest) => Promise<NextResponse>) | undefined;

/** Before every request, on the edge. Nothing behind it relies on it: every door asks for itself who comes. */
export function middleware(request: NextRequest): Promise<NextResponse> {
  // Where this process listens is known with its first request.
  answer ??= gate(edgeSettings(), request.nextUrl.origin);
  return answer(request);
}
