/** A company needs a handful; more is a mistake or worse. */
export const maxDomains = 20;

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
