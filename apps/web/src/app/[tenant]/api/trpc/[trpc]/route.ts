import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { NextRequest } from "next/server";
import { requestContext } from "../../../../../server/context.ts";
import { appRouter } from "../../../../../server/routers.ts";

/** A screen asks for all it shows in one request; more than this in one is no screen. */
const maxBatchSize = 10;

async function handle(request: NextRequest, { params }: { readonly params: Promise<{ tenant: string }> }): Promise<Response> {
  const { tenant } = await params;
  return fetchRequestHandler({
    endpoint: `/${tenant}/api/trpc`,
    req: request,
    router: appRouter,
    maxBatchSize,
    createContext: () => requestContext({ slug: tenant, headers: request.headers, cookie: (name) => request.cookies.get(name)?.value }),
  });
}

export { handle as GET, handle as POST };
