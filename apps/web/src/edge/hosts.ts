import { isTenantSlug } from "@atrium/kernel";

/** Under which names the world reaches this house. */
export interface HouseAddress {
  /** Lower-case names, IPv6 in brackets. */
  readonly names: readonly string[];
  /** Empty where it is the scheme's own. */
  readonly port: string;
  readonly defaultPort: string;
  /** What follows a company's address name in a host name of its own: `.hr.example.in`. */
  readonly tenantHosts: string | undefined;
}

/** Whom a Host header means. */
export type Place =
  | { readonly kind: "house" }
  | { readonly kind: "tenant"; readonly slug: string }
  /** Perhaps a company's own domain: the database knows. */
  | { readonly kind: "domain"; readonly name: string }
  | { readonly kind: "elsewhere" };

const loopback = ["localhost", "127.0.0.1", "[::1]"];
const elsewhere: Place = { kind: "elsewhere" };

/** @param url what people type; @param tenantHosts the part after the companies' names, with its leading dot */
export function houseAddress(url: string, tenantHosts: string | undefined): HouseAddress {
  const { hostname, port, protocol } = new URL(url);
  return {
    // The launcher prints one of these names, and programs on the same machine use another.
    names: loopback.includes(hostname) ? loopback : [hostname],
    port,
    defaultPort: protocol === "https:" ? "443" : "80",
    tenantHosts: tenantHosts?.startsWith(".") ? tenantHosts.toLowerCase() : undefined,
  };
}

const hostPattern = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9.-]{1,253}?)\.?(?::(\d{1,5}))?$/;
const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const domainPattern = new RegExp(`^(?:${label}\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$`);

/** Whom the caller's Host header means. What it says is a claim: it can choose a company's door, never open one. */
export function placeOf(header: string | null, { names, port, defaultPort, tenantHosts }: HouseAddress): Place {
  const [, name = "", given = ""] = hostPattern.exec((header ?? "").toLowerCase()) ?? [];
  if ((given === defaultPort ? "" : given) !== port) return elsewhere;
  if (names.includes(name)) return { kind: "house" };
  if (tenantHosts !== undefined && name.endsWith(tenantHosts)) {
    const slug = name.slice(0, -tenantHosts.length);
    return isTenantSlug(slug) ? { kind: "tenant", slug } : elsewhere;
  }
  return domainPattern.test(name) ? { kind: "domain", name } : elsewhere;
}

/** The path inside the house of a path at a company's own host: always that company's, whichever other it names. */
export function pathWithin(slug: string, pathname: string): string {
  const isInside = pathname === `/${slug}` || pathname.startsWith(`/${slug}/`);
  return isInside ? pathname : `/${slug}${pathname === "/" ? "" : pathname}`;
}
