import { Resolver } from "node:dns/promises";
import type { Answer } from "./rules.ts";

/** Asks DNS which texts stand under a name. */
export type AskTexts = (name: string) => Promise<Answer>;

/** What a resolver says when it was reached and there is nothing. */
const nothing = new Set(["ENODATA", "ENOTFOUND"]);

/** @param servers the name servers to ask; none means the machine's own */
export function askDns(servers: readonly string[]): AskTexts {
  return async (name) => {
    // One a question: a resolver remembers servers that did not answer, and is cheap to make.
    const resolver = new Resolver({ timeout: 2_000, tries: 2 });
    if (servers.length > 0) resolver.setServers(servers);
    try {
      // A long text comes in pieces of 255 bytes.
      return { kind: "records", texts: (await resolver.resolveTxt(name)).map((pieces) => pieces.join("")) };
    } catch (error) {
      return error instanceof Error && "code" in error && nothing.has(String(error.code)) ? { kind: "none" } : { kind: "silent" };
    }
  };
}
