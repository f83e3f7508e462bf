import { maxBatchSize } from "@atrium/limits";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { NextRequest } from "next/server";
import { requestContext } from "../../../../../server/context.ts";
import { appRouter } from "../../../../../server/routers.ts";

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
