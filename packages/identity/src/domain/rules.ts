/** A company needs a handful; more is a mistake or worse. */
export const maxDomains = 20;

const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** What two letters stand before a country's code where nobody may own the two together: `co.in`, `gov.in`. */
const registryLabels = new Set(["ac", "co", "com", "edu", "firm", "gen", "gov", "ind", "mil", "net", "nic", "org", "res"]);

/** Names that no resolver of the open internet answers for. */
const insideOnly = new Set(["localhost", "local", "internal", "invalid", "onion", "arpa", "lan", "home", "corp"]);

/**
 * A domain's name as DNS writes it: lower case, in ASCII, without the last dot. Undefined for what is none, for a single
 * label, an address, and what a registry keeps for itself.
 */
export function domainNameFrom(text: string): string | undefined {
  const typed = text.trim().replace(/\.$/, "");
  // The host of an address is put into DNS's own form by the platform; anything besides a host is refused first.
  if (typed === "" || /[\s\p{Cc}/:?#@\\%[\]]/u.test(typed) || !URL.canParse(`http://${typed}`)) return undefined;
  const name = new URL(`http://${typed}`).hostname;
  const labels = name.split(".");
  const last = labels.at(-1) ?? "";
  const isName = name.length <= 253 && labels.length >= 2 && labels.every((part) => label.test(part)) && /[a-z]/.test(last);
  if (!isName || insideOnly.has(last) || isRegistrys(labels)) return undefined;
  return name;
}

function isRegistrys(labels: readonly string[]): boolean {
  const [first = "", second = ""] = labels;
  return labels.length === 2 && second.length === 2 && registryLabels.has(first);
}

/** Whether a name is one of ours, or stands below or above one: no company may answer for it. */
export function isOurs(name: string, ownHosts: readonly string[]): boolean {
  return ownHosts.some((host) => name === host || name.endsWith(`.${host}`) || host.endsWith(`.${name}`));
}

/** The name of the TXT record that proves a domain. */
export const recordNameOf = (name: string): string => `_atrium.${name}`;

/** What DNS said of a proof. */
export type Answer = { readonly kind: "records"; readonly texts: readonly string[] } | { readonly kind: "none" } | { readonly kind: "silent" };

/** Why the proof does not hold; undefined when it does. A name may carry other records besides ours. */
export function refuseProof(answer: Answer, proof: string): "domain/proof-missing" | "domain/proof-wrong" | "domain/dns-silent" | undefined {
  if (answer.kind === "silent") return "domain/dns-silent";
  if (answer.kind === "none" || answer.texts.length === 0) return "domain/proof-missing";
  return answer.texts.some((text) => text.trim() === proof) ? undefined : "domain/proof-wrong";
}
