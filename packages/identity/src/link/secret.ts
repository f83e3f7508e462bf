import { createHash, randomBytes } from "node:crypto";
import type { Ctx } from "@atrium/api";

const secretBytes = 32;
export const newSecret = (): string => randomBytes(secretBytes).toString("base64url");
/** So many random bits need no slow hash: nobody tries them all. */
export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** Gives a link the secret it goes out with; undefined when it does not open any more. Repeated, only the last secret opens it. */
export async function armLink({ db, tenant, now }: Ctx, linkId: string): Promise<string | undefined> {
  const secret = newSecret();
  const { count } = await db.memberToken.updateMany({
    where: { tenantId: tenant.id, id: linkId, usedAt: null, expiresAt: { gt: now } },
    data: { tokenHash: hashOf(secret) },
  });
  return count === 1 ? secret : undefined;
}
