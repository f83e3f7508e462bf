"use client";

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { httpBatchLink } from "@trpc/client";
import { createContext, use, useEffect, useState } from "react";
import type { ReactNode } from "react";
import { limitLink } from "./limit-link.ts";
import { isPassing, isSignedOut, outcomePage, refusalOf } from "./refusals.ts";
import { isServerDown, onServerChange, reachable } from "./server-state.ts";
import { stepUpLink } from "./step-up-link.ts";
import { trpc } from "./trpc.ts";

/** The server refuses more than ten calls in one request. */
const maxItems = 10;
const maxRetries = 4;

const TenantContext = createContext<string | undefined>(undefined);

/** The company in the path. Throws outside its pages. */
export function useTenantSlug(): string {
  const slug = use(TenantContext);
  if (slug === undefined) throw new Error("This component stands outside a company's pages.");
  return slug;
}

/** Stands round all pages of one company: its calls, and what they answered. */
export function TenantClient({ slug, children }: { readonly slug: string; readonly children: ReactNode }) {
  const [queryClient] = useState(() => makeQueryClient(slug));
  const [client] = useState(() => trpc.createClient({ links: [stepUpLink, limitLink, httpBatchLink({ url: `/${slug}/api/trpc`, maxItems, fetch: reachable })] }));
  useEffect(
    () =>
      onServerChange(() => {
        if (!isServerDown()) void askAgain(queryClient);
      }),
    [queryClient],
  );
  return (
    <TenantContext value={slug}>
      <trpc.Provider client={client} queryClient={queryClient}>
        <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
      </trpc.Provider>
    </TenantContext>
  );
}

/** Once the server is back: whatever failed, and whatever waits for its next try, is asked at once. */
async function askAgain(queryClient: QueryClient): Promise<void> {
  const failing = queryClient.getQueryCache().findAll({ type: "active", predicate: ({ state }) => state.status === "error" || state.fetchFailureCount > 0 });
  const hashes = new Set(failing.map(({ queryHash }) => queryHash));
  const isOneOfThem = ({ queryHash }: { readonly queryHash: string }): boolean => hashes.has(queryHash);
  await queryClient.cancelQueries({ predicate: isOneOfThem });
  await queryClient.refetchQueries({ predicate: isOneOfThem });
}

function makeQueryClient(slug: string): QueryClient {
  const leaveAfter = (error: unknown, isRead: boolean): void => {
    if (isSignedOut(error)) goToSignIn(slug, error);
    const outcome = outcomePage(error, isRead);
    const isThere = window.location.pathname === `/${slug}/${outcome ?? ""}`;
    if (outcome !== undefined && !isThere) window.location.assign(`/${slug}/${outcome}`);
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error) => leaveAfter(error, true) }),
    mutationCache: new MutationCache({ onError: (error) => leaveAfter(error, false) }),
    defaultOptions: {
      queries: {
        networkMode: "always",
        staleTime: 10_000,
        retry: (failures, error) => failures < maxRetries && isPassing(error),
        retryDelay: (failures) => jittered(400 * 2 ** failures),
      },
      // A write that may have happened is never sent twice.
      mutations: { networkMode: "always", retry: false },
    },
  });
}

/** Between half and all of it, so that many browsers do not come back in the same moment. */
const jittered = (ms: number): number => ms * (0.5 + Math.random() / 2);

/** To the sign-in page, which says why the session has ended and leads back here. */
function goToSignIn(slug: string, error: unknown): void {
  const { pathname, search } = window.location;
  const why = refusalOf(error)?.code === "tenant_mismatch" ? "mismatch" : "ended";
  window.location.assign(`/${slug}/sign-in?${new URLSearchParams({ next: `${pathname}${search}`, why }).toString()}`);
}
