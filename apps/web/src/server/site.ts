import type { Site } from "@atrium/api";
import { houseAddress, placeOf } from "../edge/hosts.ts";
import type { Env } from "../env.ts";

/**
 * The name of the house that a request came by, as a browser writes it; undefined when it is none of the house's, or
 * another company's than the path. What could be a company's own domain is marked: whoever relies on it asks the company.
 */
export function siteOf(host: string | null, slug: string, env: Pick<Env, "ATRIUM_URL" | "ATRIUM_TENANT_HOSTS">): Site | undefined {
  const place = placeOf(host, houseAddress(env.ATRIUM_URL, env.ATRIUM_TENANT_HOSTS));
  if (host === null || place.kind === "elsewhere" || (place.kind === "tenant" && place.slug !== slug)) return undefined;
  const { protocol } = new URL(env.ATRIUM_URL);
  return { origin: new URL(`${protocol}//${host}`).origin, isOwnDomain: place.kind === "domain" };
}
