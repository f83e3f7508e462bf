/** First parts of a path that are the house's own: a company by such a name could never be reached. */
export const houseRoots = ["api", "outbox", "sign-up"];

/** The address name of the platform's own tenant, whose members are our operators. No company can take it. */
export const platformSlug = "operator";

const shortest = 3;
const pattern = /^[a-z][a-z0-9-]{1,38}[a-z0-9]$/;

/** Whether this can be an address name, the first part of every path of a tenant's. */
export const isTenantSlug = (text: string): boolean => pattern.test(text) && !houseRoots.includes(text);

/** Names that would make a company look like a part of the house, or that the house may want for itself. */
const reserved = [
  ...houseRoots, platformSlug,
  "about", "abuse", "account", "admin", "administrator", "app", "assets", "atrium", "auth", "billing", "blog", "careers", "cdn", "console",
  "contact", "dashboard", "demo", "dev", "docs", "download", "email", "favicon", "ftp", "help", "health", "home", "hostmaster", "imap", "info",
  "internal", "legal", "localhost", "login", "logout", "mail", "marketing", "metrics", "mobile", "next", "noreply", "null", "oauth", "official",
  "password", "payroll", "platform", "pop", "postmaster", "press", "pricing", "privacy", "public", "register", "reset", "robots", "root",
  "sales", "secure", "security", "settings", "setup", "signin", "signout", "signup", "sign-in", "sign-out", "smtp", "sso", "staging", "static",
  "status", "support", "system", "team", "terms", "test", "undefined", "verify", "webmaster", "well-known", "www",
];

/**
 * What the eye keeps of an address name: without hyphens, and with one sign for those that are taken for each other. The
 * database computes the same of every tenant (`tenant.slug_skeleton`) and keeps it unique.
 */
export function slugSkeleton(slug: string): string {
  return slug.replaceAll("0", "o").replaceAll(/[1i]/g, "l").replaceAll("-", "").replaceAll("rn", "m").replaceAll("vv", "w");
}

const reservedSkeletons = new Set(reserved.map(slugSkeleton));

export type SlugProblem = "too-short" | "shape" | "reserved" | "look-alike";

/** Why a new company cannot have this address name, apart from another having it; undefined when it can. */
export function slugProblem(text: string): SlugProblem | undefined {
  if (/^[a-z0-9-]*$/.test(text) && text.length < shortest) return "too-short";
  if (!pattern.test(text)) return "shape";
  // As the label of a host, `xn--…` is shown as the letters it spells, whatever they look like.
  if (reserved.includes(text) || text.startsWith("xn--")) return "reserved";
  return reservedSkeletons.has(slugSkeleton(text)) ? "look-alike" : undefined;
}
