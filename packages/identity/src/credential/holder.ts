import type { Ctx } from "@atrium/api";
import { refusal } from "@atrium/kernel";
import { linkErrors } from "../link/contract.ts";
import type { LinkPurpose } from "../link/contract.ts";

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
