/** How many of an IPv6 address's eight groups name the network that one household or office is given. */
const networkGroups = 4;

/**
 * Whose address this is, as far as one can count them: whoever has one IPv6 address has the 2^64 of its network, so the
 * network stands for all of them. An IPv4 address stands for itself, and so does what is no address.
 */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const [before = "", after] = address.toLowerCase().replace(/%.*$/, "").split("::");
  const groups = (text = "") => text.split(":").filter((group) => group !== "");
  const [first, last] = [groups(before), groups(after)];
  const all = [...first, ...Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => "0"), ...last];
  return `${all.slice(0, networkGroups).map((group) => group.replace(/^0+(?=.)/, "")).join(":")}::/64`;
}
