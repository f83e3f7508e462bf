"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTenantSlug } from "../../../client/tenant-client.tsx";
import { PageError } from "../../../components/page-error.tsx";

/** Inside the frame, so that the way to every other page stays open. */
export default function ErrorPage({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const queryClient = useQueryClient();
  const tryAgain = (): void => {
    // What the broken page was given may be what broke it: asked for anew, not taken from memory.
    queryClient.removeQueries({ type: "inactive" });
    retry();
  };
  return <PageError error={error} retry={tryAgain} home={`/${useTenantSlug()}`} />;
}
