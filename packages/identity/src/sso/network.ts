import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import type { CustomFetch } from "openid-client";

/** Why a request to a provider was not made. */
export class InsideAddress extends Error {
  constructor(host: string) {
    super(`${host} does not stand on the open internet.`);
    this.name = "InsideAddress";
  }
}

/** What no company may make us ask: this machine, its network, and the addresses that clouds keep for themselves. */
const inside = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8], ["10.0.0.0", 8], ["100.64.0.0", 10], ["127.0.0.0", 8], ["169.254.0.0", 16], ["172.16.0.0", 12],
  ["192.0.0.0", 24], ["192.168.0.0", 16], ["198.18.0.0", 15], ["224.0.0.0", 4], ["240.0.0.0", 4],
] as const) inside.addSubnet(net, bits, "ipv4");
// Those that carry an IPv4 address with them are refused as a whole: nobody's provider stands behind one of those bridges.
for (const [net, bits] of [["::", 96], ["64:ff9b::", 96], ["64:ff9b:1::", 48], ["2001::", 32], ["2002::", 16], ["fc00::", 7], ["fe80::", 10], ["ff00::", 8]] as const) inside.addSubnet(net, bits, "ipv6");

/** Whether an address leads into our own network. One of IPv4 in IPv6's clothes counts as what it is. */
export function isInside(address: string): boolean {
  const bare = address.replace(/^\[(.*)\]$/, "$1");
  const family = isIP(bare);
  return family === 0 || inside.check(bare, family === 6 ? "ipv6" : "ipv4");
}

/**
 * Asks a provider, and nobody inside our own network: a company names the provider's address, so it could name any. Throws
 * `InsideAddress`.
 */
export function guardedFetch(insideHosts: readonly string[]): CustomFetch {
  return async (url, options) => {
    const { hostname } = new URL(url);
    if (!insideHosts.includes(hostname)) {
      const bare = hostname.replace(/^\[(.*)\]$/, "$1");
      const addresses = isIP(bare) ? [bare] : (await lookup(bare, { all: true })).map(({ address }) => address);
      if (addresses.some(isInside)) throw new InsideAddress(hostname);
    }
    const { method, headers, body = null, signal = null } = options;
    return fetch(url, { method, headers, body: body instanceof Uint8Array ? new Uint8Array(body) : body, signal, redirect: "manual" });
  };
}
