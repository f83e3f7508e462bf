import { randomBytes } from "node:crypto";
import { keysInText } from "./key-encryption.ts";
import { keyringOn } from "./keyring.ts";
import type { Keyring } from "./keyring.ts";

/** One for all tests of a process, so that what one context sealed another opens. */
let shared: Keyring | undefined;

/** A keyring whose keys nobody knows and nothing keeps. */
export function testKeyring(): Keyring {
  return (shared ??= keyringOn(keysInText(JSON.stringify({ current: "test", keys: { test: randomBytes(32).toString("base64") } }))));
}
