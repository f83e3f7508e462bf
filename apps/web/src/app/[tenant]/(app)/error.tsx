"use client";

import { useTenantSlug } from "../../../client/tenant-client.tsx";
import { PageError } from "../../../components/page-error.tsx";

/** Inside the frame, so that the way to every other page stays open. */
export default function ErrorPage({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  return <PageError error={error} retry={retry} home={`/${useTenantSlug()}`} />;
}
