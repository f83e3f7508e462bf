import { expect, test } from "vitest";
import { networkOf } from "./networks.ts";

test.each([
  ["2001:db8:7:1::5", "2001:db8:7:1::/64"],
  ["2001:DB8:0007:0001:aaaa:bbbb:cccc:dddd", "2001:db8:7:1::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["192.0.2.7", "192.0.2.7"],
  ["unknown", "unknown"],
])("%s stands in the network %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
