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
