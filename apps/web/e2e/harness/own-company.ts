import { createMember } from "@atrium/identity/testing";
import { newId, planTerms } from "@atrium/kernel";
import type { Plan, Role } from "@atrium/kernel";
import { databaseOf } from "./database.ts";
import type { House } from "./env.ts";

/** What an operator, or time, may do to a company. */
export interface Standing {
  readonly status?: "active" | "suspended" | "deleted";
  readonly plan?: Plan;
  readonly seats?: number;
  readonly isTrial?: boolean;
  readonly subscriptionFrom?: Date | null;
  readonly subscriptionUntil?: Date | null;
  readonly cancelledAt?: Date | null;
  readonly requiresMfa?: boolean;
}

/** A company that one test has for itself, with an owner. */
export interface OwnCompany {
  readonly slug: string;
  readonly name: string;
  readonly ownerEmail: string;
  readonly set: (standing: Standing) => Promise<void>;
  /** Somebody else who can sign in, with the same password. */
  readonly addMember: (role: Role, name: string) => Promise<{ readonly email: string }>;
  /** Lets everybody's last proof of who they are be a quarter of an hour old. */
  readonly ageProofs: () => Promise<void>;
  /** A domain of its own, as if DNS had proved it. */
  readonly addDomain: (domain: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Makes a company in the house that was started for this run. Unless told, of a plan whose limits no test meets by chance. */
export async function makeOwnCompany(house: House, plan: Plan = "enterprise"): Promise<OwnCompany> {
  const { password } = house;
  const database = await databaseOf(house);
  const now = new Date();
  const tenantId = newId("ten", now.getTime());
  const slug = tenantId.replace("_", "-");
  const name = `Company ${slug.slice(-4)}`;
  const ownerEmail = `owner@${slug}.test`;
  await database.withTenant(tenantId, async (db) => {
    await db.tenant.create({ data: { id: tenantId, slug, name, plan, seats: planTerms[plan].seats, createdAt: now } });
    await createMember(db, { tenantId, email: ownerEmail, name: "Meera Joshi", roles: ["owner"], password, now });
  });
  return {
    slug, name, ownerEmail,
    set: (standing) =>
      database.withTenant(tenantId, async (db) => {
        const deletedAt = standing.status === "deleted" ? { deletedAt: new Date() } : {};
        await db.tenant.updateMany({ where: { id: tenantId }, data: { ...standing, ...deletedAt } });
      }),
    addMember: async (role, memberName) => {
      const email = `${role}@${slug}.test`;
      await database.withTenant(tenantId, (db) => createMember(db, { tenantId, email, name: memberName, roles: [role], password, now: new Date() }));
      return { email };
    },
    ageProofs: () =>
      database.withTenant(tenantId, async (db) => {
        await db.session.updateMany({ where: { tenantId }, data: { verifiedAt: new Date(Date.now() - 15 * 60_000) } });
      }),
    addDomain: (domain) =>
      database.withTenant(tenantId, async (db) => {
        const at = new Date();
        await db.tenantDomain.create({ data: { tenantId, id: newId("dom", at.getTime()), name: domain, proof: "seen", verifiedAt: at, verifiedName: domain, createdAt: at } });
      }),
    close: database.close,
  };
}
