import type { Ctx } from "@atrium/api";
import { AppError, refusal } from "@atrium/kernel";
import type { GuestRequest } from "../guest.ts";
import { linkErrors } from "../link/contract.ts";
import type { LinkPurpose } from "../link/contract.ts";
import { findTenant } from "../session/service.ts";
import type { DirectoryEntry } from "../session/service.ts";

export const holderColumns = { id: true, name: true, email: true, status: true } as const;

/** A member as far as a password concerns them. */
export interface Holder {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly status: string;
}

/** What a link for a password finds: an invitation somebody who has not come in yet, a reset somebody who has. */
export const standing = { invitation: "invited", "password-reset": "active", "email-change": "active" } as const satisfies Record<LinkPurpose, string>;

/** The member whom a link for this purpose is good for. Throws `link/over`. */
export async function requireHolder({ db, tenant }: Ctx, id: string, purpose: LinkPurpose): Promise<Holder> {
  const member = await db.member.findUnique({ where: { tenantId_id: { tenantId: tenant.id, id } }, select: holderColumns });
  if (member?.status !== standing[purpose]) throw refusal(linkErrors, "link/over");
  return member;
}

/** The company in the path. Throws `tenant_not_found`. */
export async function requireTenant({ database, claimedSlug }: GuestRequest): Promise<DirectoryEntry> {
  const tenant = await findTenant(database, claimedSlug);
  if (!tenant) throw new AppError("tenant_not_found", "not-found");
  return tenant;
}
