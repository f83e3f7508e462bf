import { asGuest, findTenant, offeredConnections } from "@atrium/identity";
import { pageContext } from "./page-context.ts";

/** A provider that the sign-in page offers. */
export interface SsoOffer {
  readonly id: string;
  readonly name: string;
}

/** The identity providers of a company, as anybody may know them. */
export async function ssoOffers(slug: string): Promise<readonly SsoOffer[]> {
  const context = await pageContext(slug);
  const tenant = await findTenant(context.database, slug);
  return tenant?.status === "active" ? asGuest(context, tenant, offeredConnections) : [];
}
