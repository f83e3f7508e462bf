"use client";

import type { LinkPurpose } from "@atrium/identity/contract";
import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { asRead } from "./limit-link.ts";
import { asRefusal } from "./refusals.ts";
import { trpc } from "./trpc.ts";

const readSecret = (): string => window.location.hash.slice(1);
const watchSecret = (onChange: () => void): (() => void) => {
  window.addEventListener("hashchange", onChange);
  return () => window.removeEventListener("hashchange", onChange);
};

/**
 * The link that led to this page. Its secret stands behind the `#` of the address, which the browser tells no server; it is
 * sent in a body, so that it stands in no log. `secret` is undefined until the page is awake.
 */
export function useLink(purpose: LinkPurpose) {
  const secret = useSyncExternalStore(watchSecret, readSecret, () => undefined);
  const { client } = trpc.useUtils();
  const opened = useQuery({
    queryKey: ["link", purpose, secret],
    queryFn: () => client.identity.credentials.openLink.mutate({ purpose, secret: secret ?? "" }, { context: asRead }),
    enabled: secret !== undefined && secret !== "",
    staleTime: Number.POSITIVE_INFINITY,
  });
  // An address that was cut off before its secret opens nothing, and nobody has to be asked.
  return { secret: secret ?? "", link: opened.data, error: secret === "" ? asRefusal("link/over") : opened.error };
}
