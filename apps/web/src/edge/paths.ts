import { houseRoots } from "@atrium/kernel";
import type { EdgeSettings } from "./env.ts";
import { pathWithin, placeOf } from "./hosts.ts";
import { askTheHouse, rememberDomains } from "./own-domains.ts";
import type { FindByDomain } from "./own-domains.ts";
import type { Refused } from "./refusals.ts";

/** Paths that are no company's. */
const nobodys = new Set(["", ...houseRoots, "_next"]);
export const isNobodys = (slug: string): boolean => nobodys.has(slug);

/** Probes, the job server and the edge's own questions come by the process's address, whatever the house is called. */
const isForEveryHost = (pathname: string): boolean => pathname.startsWith("/api/") && /^\/api\/(health|inngest|hosts|limits)(\/|$)/.test(pathname);

/** Signing in and out, which asks for no session. */
export const isCircuit = (slug: string, pathname: string): boolean => pathname.startsWith(`/${slug}/api/auth/`);

const openPages = ["sign-in", "forgot", "reset", "invitation", "confirm-email"];
/** A page for whoever is not signed in. */
export const isOpenPage = (slug: string, pathname: string): boolean => openPages.some((page) => pathname === `/${slug}/${page}`);

type Found = string | Refused;

/** Finds the path inside the house that a host and a path lead to, or says why there is none. A promise only for a company's own domain. */
export function pathFinder({ house }: EdgeSettings, origin: string): (host: string | null, pathname: string) => Found | Promise<Found> {
  const findByDomain = rememberDomains(askTheHouse(origin));
  return (host, pathname) => {
    if (isForEveryHost(pathname)) return pathname;
    const place = placeOf(host, house);
    if (place.kind === "house") return pathname;
    if (place.kind === "elsewhere") return { code: "request/misdirected" };
    return place.kind === "tenant" ? pathWithin(place.slug, pathname) : byDomain(findByDomain, place.name, pathname);
  };
}

async function byDomain(find: FindByDomain, name: string, pathname: string): Promise<Found> {
  try {
    const slug = await find(name);
    return slug === undefined ? { code: "request/misdirected" } : pathWithin(slug, pathname);
  } catch {
    return { code: "request/busy" };
  }
}
