import { beyond } from "@atrium/kernel";
import type { Grants, RoleGrants } from "@atrium/kernel";
import type { ssoErrors } from "./contract.ts";

type SsoCode = keyof typeof ssoErrors;

/**
 * The address of a provider as it names itself, or why it cannot be one. A question or a fragment has no place in it, and
 * over plain http only a host inside one's own network is believed.
 */
export function readIssuer(text: string, insideHosts: readonly string[]): URL | SsoCode {
  if (!URL.canParse(text)) return "sso/issuer-invalid";
  const url = new URL(text);
  const isPlain = url.search === "" && url.hash === "" && url.username === "" && url.password === "" && !url.pathname.includes("/.well-known/");
  if (!isPlain) return "sso/issuer-invalid";
  if (url.protocol === "https:") return url;
  return url.protocol === "http:" && insideHosts.includes(url.hostname) ? url : "sso/issuer-not-https";
}

export interface DefaultRoles {
  readonly joinsByDomain: boolean;
  readonly roles: readonly string[];
  /** What each of them grants; one that is missing is unknown. */
  readonly known: ReadonlyMap<string, RoleGrants>;
  /** What whoever sets them may do. */
  readonly own: Grants;
}

/** Why new members may not be given these roles; undefined when they may. */
export function refuseDefaultRoles({ joinsByDomain, roles, known, own }: DefaultRoles): SsoCode | undefined {
  if (joinsByDomain && roles.length === 0) return "sso/roles-missing";
  if (!roles.every((role) => known.has(role))) return "sso/role-unknown";
  // Whoever gets an address at the company would own it.
  if (roles.includes("owner")) return "sso/role-owner";
  return roles.every((role) => beyond(own, known.get(role) ?? {}).length === 0) ? undefined : "sso/role-beyond-own";
}

/** What a provider says of a person. */
export interface Identity {
  readonly subject: string;
  readonly email: string | undefined;
  readonly isEmailVerified: boolean;
  readonly name: string | undefined;
}

export interface Joining {
  readonly joinsByDomain: boolean;
  readonly identity: Pick<Identity, "email" | "isEmailVerified">;
  /** The domain of the address is one that the company has proved. */
  readonly isDomainProved: boolean;
  /** A member has this address. */
  readonly isAddressTaken: boolean;
}

/** Why somebody whom nobody here knows does not become a member by coming in; undefined when they do. */
export function refuseJoining({ joinsByDomain, identity, isDomainProved, isAddressTaken }: Joining): SsoCode | undefined {
  if (!joinsByDomain) return "sso/not-linked";
  if (identity.email === undefined || !identity.isEmailVerified) return "sso/email-unverified";
  if (!isDomainProved) return "sso/domain-unproved";
  // The provider may say whose address this is; it may not say who somebody here is.
  return isAddressTaken ? "sso/link-first" : undefined;
}

/** The domain of an address, lower case; empty when it is none. */
export function domainOf(email: string): string {
  const at = email.lastIndexOf("@");
  return at < 1 ? "" : email.slice(at + 1).toLowerCase();
}
