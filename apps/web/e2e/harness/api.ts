import { createTRPCClient, httpLink } from "@trpc/client";
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { AppRouter } from "../../src/server/routers.ts";
import { companyOf, sessionFile } from "./accounts.ts";
import type { Account } from "./accounts.ts";
import type { House } from "./env.ts";

const Session = z.object({ cookies: z.array(z.object({ name: z.string(), value: z.string() })) });

/** The cookies of an account's session. */
export function cookiesOf(house: House, account: Account): z.output<typeof Session>["cookies"] {
  return Session.parse(JSON.parse(readFileSync(sessionFile(house, account), "utf8"))).cookies;
}

/** The house's procedures as an account may call them: to look up what a test needs to know beforehand. */
export function apiOf(house: House, account: Account) {
  const cookie = cookiesOf(house, account)
    .map(({ name, value }) => `${name}=${value}`)
    .join("; ");
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${house.url}/${companyOf(account)}/api/trpc`, headers: { cookie } })] });
}
