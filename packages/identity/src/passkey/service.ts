import { ownMemberId } from "@atrium/api";
import type { Ctx, Transact } from "@atrium/api";
import { faultFrom } from "@atrium/db";
import { refusal } from "@atrium/kernel";
import { generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import { factorAdded, factorRemoved, lockFactors } from "../mfa/service.ts";
import type { NewRecoveryCodes } from "../mfa/contract.ts";
import { passkeyErrors, PasskeyOffer, PasskeyQuestion } from "./contract.ts";
import type { PasskeyAnswer, PasskeyList, PasskeyRef, RegisterPasskey, RenamePasskey } from "./contract.ts";
import { relyingPartyOf } from "./relying-party.ts";
import type { RelyingParty } from "./relying-party.ts";

const challengeMs = 5 * 60_000;
const mostPasskeys = 20;
/** ES256, EdDSA and RS256: one of them speaks every authenticator that is in use. */
const algorithms = [-7, -8, -257];

const rowColumns = { id: true, name: true, isBackedUp: true, createdAt: true, lastUsedAt: true } as const;

/** The caller's passkeys, the newest first. */
export async function listPasskeys(ctx: Ctx): Promise<PasskeyList> {
  const memberId = ownMemberId(ctx);
  const rows = await ctx.db.passkey.findMany({ where: { tenantId: ctx.tenant.id, memberId }, orderBy: [{ createdAt: "desc" }, { id: "desc" }], select: rowColumns });
  return {
    passkeys: rows.map(({ createdAt, lastUsedAt, ...passkey }) => ({ ...passkey, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null })),
  };
}

/** Asks the caller's authenticator for a new passkey. Throws `passkey/not-here`, `passkey/too-many`. */
export async function offerPasskey(ctx: Ctx): Promise<PasskeyOffer> {
  const { tenant, db } = ctx;
  const memberId = ownMemberId(ctx);
  const { id: rpID } = await relyingPartyOf(ctx);
  const member = await db.member.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: tenant.id, id: memberId } },
    select: { email: true, name: true, passkeys: { select: { credentialId: true, transports: true } } },
  });
  if (member.passkeys.length >= mostPasskeys) throw refusal(passkeyErrors, "passkey/too-many", { params: { most: mostPasskeys } });
  const options = await generateRegistrationOptions({
    rpID,
    rpName: "Atrium",
    userID: handleOf(memberId),
    // One person may belong to two companies at the same name: the browser shows this when it asks which passkey.
    userName: `${member.email} (${tenant.name})`,
    userDisplayName: `${member.name} (${tenant.name})`,
    timeout: challengeMs,
    attestationType: "none",
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: member.passkeys.map(({ credentialId: id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  return PasskeyOffer.parse({ challengeId: await keepChallenge(ctx, "register", memberId, options.challenge), options });
}

/**
 * Keeps the passkey that the authenticator made. The question it answers is gone whatever comes of it. Throws
 * `passkey/not-made`, `passkey/exists`, `passkey/not-here`.
 */
export async function registerPasskey(transact: Transact, { challengeId, name, response }: RegisterPasskey): Promise<NewRecoveryCodes> {
  const asked = await transact(async (ctx) => ({ challenge: await takeChallenge(ctx, challengeId, "register", ownMemberId(ctx)), party: await relyingPartyOf(ctx) }));
  const { challenge, party } = asked;
  const made = challenge === undefined ? undefined : await verifiedRegistration(response, challenge, party);
  if (!made) throw refusal(passkeyErrors, "passkey/not-made");
  return transact(async (ctx) => {
    const { tenant, now } = ctx;
    const memberId = ownMemberId(ctx);
    await lockFactors(ctx, memberId);
    const { credential, credentialBackedUp: isBackedUp } = made;
    const id = ctx.newId("pky");
    const kept = {
      tenantId: tenant.id, id, memberId, name, credentialId: credential.id, publicKey: Buffer.from(credential.publicKey).toString("base64url"),
      counter: credential.counter, transports: credential.transports ?? [], isBackedUp, createdAt: now,
    };
    await ctx.db.passkey.create({ data: kept }).catch((error: unknown) => {
      throw faultFrom(error)?.kind === "unique" ? refusal(passkeyErrors, "passkey/exists") : error;
    });
    ctx.audit({ action: "passkey.register", entityId: id, after: { memberId, name, isBackedUp } });
    return factorAdded(ctx, memberId);
  });
}

/** Gives one of the caller's passkeys another name. Throws `passkey/not-found`. */
export async function renamePasskey(ctx: Ctx, { id, name }: RenamePasskey): Promise<void> {
  const memberId = ownMemberId(ctx);
  const before = await ctx.db.passkey.findFirst({ where: { tenantId: ctx.tenant.id, id, memberId }, select: { name: true } });
  if (!before) throw refusal(passkeyErrors, "passkey/not-found");
  await ctx.db.passkey.updateMany({ where: { tenantId: ctx.tenant.id, id, memberId }, data: { name } });
  ctx.audit({ action: "passkey.rename", entityId: id, before, after: { name } });
}

/** Forgets one of the caller's passkeys. Throws `passkey/not-found`, `mfa/last-factor`. */
export async function removePasskey(ctx: Ctx, { id }: PasskeyRef): Promise<void> {
  const memberId = ownMemberId(ctx);
  await lockFactors(ctx, memberId);
  const gone = await ctx.db.passkey.findFirst({ where: { tenantId: ctx.tenant.id, id, memberId }, select: { name: true } });
  if (!gone) throw refusal(passkeyErrors, "passkey/not-found");
  await ctx.db.passkey.deleteMany({ where: { tenantId: ctx.tenant.id, id, memberId } });
  ctx.audit({ action: "passkey.remove", entityId: id, before: { memberId, ...gone } });
  await factorRemoved(ctx, memberId);
}

type Purpose = "sign-in" | "step-up";

/** Asks for a proof by passkey: of the caller, or before anybody is signed in of whoever has one here. Throws `passkey/not-here`. */
export async function askPasskey(ctx: Ctx, purpose: Purpose): Promise<PasskeyQuestion> {
  const memberId = purpose === "step-up" ? ownMemberId(ctx) : undefined;
  const { id: rpID } = await relyingPartyOf(ctx);
  const own = memberId === undefined ? undefined : await ctx.db.passkey.findMany({ where: { tenantId: ctx.tenant.id, memberId }, select: { credentialId: true, transports: true } });
  const options = await generateAuthenticationOptions({
    rpID,
    timeout: challengeMs,
    userVerification: "required",
    ...(own && { allowCredentials: own.map(({ credentialId: id, transports }) => ({ id, transports })) }),
  });
  return PasskeyQuestion.parse({ challengeId: await keepChallenge(ctx, purpose, memberId, options.challenge), options });
}

/**
 * Whose proof an answer is; undefined when it is none. The question is gone with it, so no answer counts twice: the caller's
 * transaction has to commit either way.
 */
export async function provePasskey(ctx: Ctx, { challengeId, response }: PasskeyAnswer, purpose: Purpose): Promise<string | undefined> {
  const { tenant, db, now } = ctx;
  const challenge = await takeChallenge(ctx, challengeId, purpose, purpose === "step-up" ? ownMemberId(ctx) : undefined);
  const passkey = await db.passkey.findUnique({ where: { tenantId_credentialId: { tenantId: tenant.id, credentialId: response.id } }, select: { id: true, memberId: true, publicKey: true, member: { select: { status: true } } } });
  if (challenge === undefined || passkey?.member.status !== "active") return undefined;
  const { id, memberId } = passkey;
  const isOther = response.response.userHandle !== undefined && response.response.userHandle !== Buffer.from(handleOf(memberId)).toString("base64url");
  const counter = isOther ? undefined : await verifiedCounter(response, challenge, await relyingPartyOf(ctx), passkey.publicKey);
  if (counter === undefined) return undefined;
  // An authenticator that counts counts up. One that does not has been copied, or an old answer is shown again.
  const isCounted = await db.$executeRaw`
    UPDATE passkey SET counter = ${counter}, last_used_at = ${now}
    WHERE tenant_id = ${tenant.id} AND id = ${id} AND (counter < ${counter} OR (counter = 0 AND ${counter} = 0))`;
  if (isCounted === 1) return memberId;
  ctx.audit({ action: "passkey.counter-regression", entityId: id, after: { memberId, counter: Number(counter) } });
  return undefined;
}

/** How an authenticator names the member. */
const handleOf = (memberId: string) => Uint8Array.from(Buffer.from(memberId, "utf8"));

async function keepChallenge(ctx: Ctx, purpose: Purpose | "register", memberId: string | undefined, challenge: string): Promise<string> {
  const id = ctx.newId("pch");
  const expiresAt = new Date(ctx.now.getTime() + challengeMs);
  await ctx.db.passkeyChallenge.create({ data: { tenantId: ctx.tenant.id, id, memberId: memberId ?? null, purpose, challenge, expiresAt } });
  return id;
}

/** Takes a question away with the answer to it. Undefined when there is none, or it was put to somebody else or for something else. */
async function takeChallenge({ db, tenant, now }: Ctx, id: string, purpose: Purpose | "register", memberId: string | undefined): Promise<string | undefined> {
  const [taken] = await db.$queryRaw<{ challenge: string; expiresAt: Date }[]>`
    DELETE FROM passkey_challenge WHERE tenant_id = ${tenant.id} AND id = ${id} AND purpose = ${purpose} AND member_id IS NOT DISTINCT FROM ${memberId ?? null}
    RETURNING challenge, expires_at AS "expiresAt"`;
  return taken && taken.expiresAt > now ? taken.challenge : undefined;
}

/** The library throws at whatever does not fit; to whoever answered it is all the same. */
async function verifiedRegistration(response: RegisterPasskey["response"], expectedChallenge: string, { id, origin }: RelyingParty) {
  try {
    const verified = await verifyRegistrationResponse({
      response: { ...response, clientExtensionResults: {} },
      expectedChallenge, expectedOrigin: origin, expectedRPID: id, requireUserVerification: true, supportedAlgorithmIDs: algorithms,
    });
    return verified.verified ? verified.registrationInfo : undefined;
  } catch {
    return undefined;
  }
}

/** The authenticator's own count of its answers, if this is a right one. */
async function verifiedCounter(response: PasskeyAnswer["response"], expectedChallenge: string, { id, origin }: RelyingParty, publicKey: string): Promise<bigint | undefined> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...response, clientExtensionResults: {} },
      expectedChallenge, expectedOrigin: origin, expectedRPID: id, requireUserVerification: true,
      // Compared where it is written, so that of two answers at once one is too late.
      credential: { id: response.id, publicKey: Uint8Array.from(Buffer.from(publicKey, "base64url")), counter: 0 },
    });
    return verified ? BigInt(authenticationInfo.newCounter) : undefined;
  } catch {
    return undefined;
  }
}
