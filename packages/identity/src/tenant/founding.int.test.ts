import { requestAs } from "@atrium/api/testing";
import { testDatabase } from "@atrium/db/testing";
import type { TestDatabase } from "@atrium/db/testing";
import { firstSubscription, newId } from "@atrium/kernel";
import { beforeAll, describe, expect, it } from "vitest";
import { acceptInvitation } from "../credential/service.ts";
import { findTenant } from "../session/service.ts";
import { signIn } from "../sign-in/service.ts";
import type { SignUp } from "./contract.ts";
import { beginSignUp, confirmSignUp, createTenant, isSlugTaken } from "./service.ts";

const password = "a quiet courtyard in Pune";
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});

const nobody = (slug = "nobody") => requestAs({ database, tenant: { id: "", slug }, member: undefined });
/** An address name that no other test has, and none that looks like it. */
const freshSlug = (): string => newId("co", Date.now()).replace("_", "-");
const signUpFor = (slug: string): SignUp => ({ company: "Acme Industries", slug, name: "Asha Rao", email: "Asha@acme.test", plan: "professional" });
const countTenants = async (): Promise<number> => {
  const [row] = await database.withSystem((db) => db.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM tenant`);
  return row?.count ?? 0;
};

describe("a sign-up", () => {
  it("that nobody confirms leaves no row", async () => {
    const before = await countTenants();
    const statement = await beginSignUp(nobody().request, signUpFor(freshSlug()));
    expect(statement).toMatchObject({ email: "Asha@acme.test", tenantId: expect.stringMatching(/^ten_/) });
    expect(await countTenants()).toBe(before);
  });

  it("makes the company, its owner with a proved address and the beginning of its trail, and signs the owner in", async () => {
    const slug = freshSlug();
    const { request, sent } = nobody();
    const statement = await beginSignUp(request, signUpFor(slug));
    const claims = await confirmSignUp(request, statement, password);
    expect(claims).toEqual({ tenantId: statement.tenantId, tenantSlug: slug, sessionId: expect.stringMatching(/^ses_/), epoch: 0, userId: expect.stringMatching(/^mem_/) });
    expect(await findTenant(database, slug)).toMatchObject({ id: statement.tenantId, name: "Acme Industries", status: "active", kind: "company" });
    const made = await database.withTenant(statement.tenantId, async (db) => ({
      company: await db.tenant.findUniqueOrThrow({ where: { id: statement.tenantId }, select: { plan: true, seats: true, isTrial: true, subscriptionUntil: true } }),
      members: await db.member.findMany({ select: { name: true, email: true, roles: true, status: true, emailVerifiedAt: true } }),
      trail: await db.auditEvent.findMany({ orderBy: { seq: "asc" }, select: { action: true, actorName: true, seq: true } }),
    }));
    expect(made).toEqual({
      company: { plan: "professional", seats: 50, isTrial: true, subscriptionUntil: firstSubscription("professional", request.now).subscriptionUntil },
      members: [{ name: "Asha Rao", email: "Asha@acme.test", roles: ["owner"], status: "active", emailVerifiedAt: request.now }],
      trail: [
        { action: "company.create", actorName: "Asha Rao", seq: 1n },
        { action: "subscription.begin", actorName: "Asha Rao", seq: 2n },
        { action: "member.create", actorName: "Asha Rao", seq: 3n },
        { action: "session.start", actorName: expect.any(String), seq: 4n },
      ],
    });
    expect(sent).toMatchObject([{ name: "identity/tenant.created", data: { tenantId: statement.tenantId } }]);
    expect(await signIn(nobody(slug).request, { email: "asha@acme.test", password })).toMatchObject({ tenantSlug: slug });
  });

  it("that is confirmed twice makes one company, and says which", async () => {
    const slug = freshSlug();
    const { request } = nobody();
    const statement = await beginSignUp(request, signUpFor(slug));
    await confirmSignUp(request, statement, password);
    await expect(confirmSignUp(request, statement, "another password, typed later")).rejects.toMatchObject({ code: "sign-up/already-confirmed", detail: { params: { slug } } });
    // Not even under another name: the link made its company.
    await expect(confirmSignUp(request, { ...statement, slug: freshSlug() }, password)).rejects.toMatchObject({ code: "sign-up/already-confirmed", detail: { params: { slug } } });
    expect(await signIn(nobody(slug).request, { email: "asha@acme.test", password })).toMatchObject({ tenantSlug: slug });
  });

  it("that is confirmed by two clicks in the same moment makes one company with one owner", async () => {
    const { request } = nobody();
    const statement = await beginSignUp(request, signUpFor(freshSlug()));
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => confirmSignUp(request, statement, password)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(outcomes.flatMap((one): unknown[] => (one.status === "rejected" ? [one.reason] : []))).toMatchObject([{ code: "sign-up/already-confirmed" }, { code: "sign-up/already-confirmed" }]);
    expect(await database.withTenant(statement.tenantId, (db) => db.member.count())).toBe(1);
  });
});

it("a company that an operator makes is its owner's with the link that is handed over", async () => {
  const slug = freshSlug();
  const { request, sent } = nobody(slug);
  const secret = await createTenant(request, signUpFor(slug));
  const tenant = await findTenant(database, slug);
  expect(await database.withTenant(tenant?.id ?? "", (db) => db.member.findMany({ select: { status: true, passwordHash: true, emailVerifiedAt: true } }))).toEqual([{ status: "invited", passwordHash: null, emailVerifiedAt: null }]);
  await acceptInvitation(request, { secret, password });
  expect(await signIn(nobody(slug).request, { email: "asha@acme.test", password })).toMatchObject({ tenantSlug: slug });
  expect(sent.map(({ name }) => name)).not.toContain("identity/link.prepared");
});

it("a password that anybody guesses founds no company", async () => {
  const { request } = nobody();
  const statement = await beginSignUp(request, signUpFor(freshSlug()));
  await expect(confirmSignUp(request, statement, "short")).rejects.toMatchObject({ code: "password/too-short", detail: { field: "password" } });
  await expect(confirmSignUp(request, statement, "Acme Industries 1")).rejects.toMatchObject({ code: "password/personal" });
  expect(await database.withTenant(statement.tenantId, (db) => db.tenant.count())).toBe(0);
});

describe("an address name", () => {
  it("goes to one of two who confirm it in the same moment, and the other may choose another", async () => {
    const slug = freshSlug();
    const { request } = nobody();
    const statements = await Promise.all([beginSignUp(request, signUpFor(slug)), beginSignUp(request, signUpFor(slug))]);
    const outcomes = await Promise.allSettled(statements.map((statement) => confirmSignUp(request, statement, password)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const loser = statements[outcomes.findIndex(({ status }) => status === "rejected")];
    expect(outcomes.find((one) => one.status === "rejected")).toMatchObject({ reason: { code: "company/slug-taken", detail: { field: "slug", params: { slug } } } });
    if (!loser) throw new Error("Nobody lost.");
    // Of the one who lost nothing is left, so the same link still makes a company.
    expect(await database.withTenant(loser.tenantId, (db) => db.member.count())).toBe(0);
    const other = freshSlug();
    expect(await confirmSignUp(request, { ...loser, slug: other }, password)).toMatchObject({ tenantSlug: other });
  });

  it("is refused when a company has one that looks the same, a deleted one included", async () => {
    const { request } = nobody();
    const slug = `${freshSlug()}-modern`;
    const statement = await beginSignUp(request, signUpFor(slug));
    await confirmSignUp(request, statement, password);
    await expect(beginSignUp(request, signUpFor(slug.replace("modern", "rn0dem")))).rejects.toMatchObject({ code: "company/slug-taken" });
    await database.withTenant(statement.tenantId, (db) => db.tenant.update({ where: { id: statement.tenantId }, data: { status: "deleted", deletedAt: request.now } }));
    expect([await isSlugTaken(database, slug), await isSlugTaken(database, freshSlug())]).toEqual([true, false]);
  });
});
