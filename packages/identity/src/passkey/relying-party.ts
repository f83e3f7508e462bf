import type { Ctx } from "@atrium/api";
import { refusal } from "@atrium/kernel";
import { passkeyErrors } from "./contract.ts";

/** To whom a passkey belongs, in WebAuthn's words: it works at this name and at no other. */
export interface RelyingParty {
  readonly id: string;
  readonly origin: string;
}

/**
 * The name of the house that this call came by. A company's own domain counts only when the company has proved that it is
 * its own. Throws `passkey/not-here`.
 */
export async function relyingPartyOf({ origin, db, tenant }: Pick<Ctx, "origin" | "db" | "tenant">): Promise<RelyingParty> {
  const site = origin?.site;
  if (!site || !URL.canParse(site.origin)) throw refusal(passkeyErrors, "passkey/not-here");
  const { hostname } = new URL(site.origin);
  const isOurs = !site.isOwnDomain || (await db.tenantDomain.count({ where: { tenantId: tenant.id, verifiedName: hostname } })) === 1;
  if (!isOurs) throw refusal(passkeyErrors, "passkey/not-here");
  return { id: hostname, origin: site.origin };
}
