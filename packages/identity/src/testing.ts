import type { TenantDb } from "@atrium/db";
import { newId } from "@atrium/kernel";
import type { Role } from "@atrium/kernel";
import { hashPassword } from "./password.ts";

export { hashPassword } from "./password.ts";

export interface NewMember {
  readonly tenantId: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Hashed here, unless `passwordHash` is given: for many members with one password, hash it once. */
  readonly password?: string;
  readonly passwordHash?: string;
  readonly employeeId?: string;
  readonly status?: "active" | "deactivated";
  readonly now: Date;
}

/** Makes a member who can sign in, inside a transaction of their company, and answers the member's id. */
export async function createMember(db: TenantDb, member: NewMember): Promise<string> {
  const { password, passwordHash, employeeId, status = "active", now, roles, ...rest } = member;
  const id = newId("mem", now.getTime());
  const kept = passwordHash ?? (password === undefined ? null : await hashPassword(password));
  await db.member.create({ data: { ...rest, id, roles: [...roles], status, passwordHash: kept, employeeId: employeeId ?? null, createdAt: now } });
  return id;
}
