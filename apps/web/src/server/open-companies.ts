import { companiesSignedInTo } from "@atrium/identity";
import type { OpenCompany } from "@atrium/identity";
import { cookies } from "next/headers";
import { isSecure } from "./context.ts";
import { runtime } from "./runtime.ts";
import { claimsFrom, cookieNames } from "./session.ts";

/** A browser that shows more cookies than this is no person who works in that many companies. */
const most = 12;

/** The companies that this browser is signed in to: from its cookies' names, and only where the token in them is ours and holds. */
export async function openCompanies(): Promise<readonly OpenCompany[]> {
  const { env, database, clock } = await runtime();
  const prefix = cookieNames("", isSecure(env.ATRIUM_URL)).session;
  const ours = (await cookies()).getAll().filter(({ name }) => name.startsWith(prefix)).slice(0, most);
  const opened = await Promise.all(ours.map(async ({ name, value }) => ({ slug: name.slice(prefix.length), claims: await claimsFrom(value, env.NEXTAUTH_SECRET) })));
  const claims = opened.flatMap((one) => (one.claims?.tenantSlug === one.slug ? [one.claims] : []));
  return companiesSignedInTo(database, claims, clock());
}
