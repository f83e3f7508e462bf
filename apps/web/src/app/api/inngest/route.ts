import { serve } from "inngest/next";
import type { NextRequest } from "next/server";
import { jobs } from "../../../server/jobs.ts";
import { runtime } from "../../../server/runtime.ts";

let handler: Promise<ReturnType<typeof serve>> | undefined;

/**
 * The job server's door: it asks which jobs there are and calls their steps. The library checks its signature, for the
 * asking as well: the address that is asked is where the steps are called from then on, and a caller could make it theirs.
 */
async function handle(request: NextRequest, route: unknown): Promise<Response> {
  handler ??= runtime().then((surroundings) =>
    serve({ client: surroundings.client, functions: jobs.map((job) => job.bind(surroundings)), enableUnauthedSync: false }),
  );
  return (await handler)(request, route);
}

export { handle as GET, handle as POST, handle as PUT };
