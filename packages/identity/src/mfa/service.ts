import { createHash, randomBytes } from "node:crypto";
import { ownMemberId } from "@atrium/api";
import type { Ctx } from "@atrium/api";
import { refusal } from "@atrium/kernel";
import { Secret, TOTP } from "otpauth";
import { confirmSession, endSessions } from "../session/service.ts";
import { mfaErrors } from "./contract.ts";
import type { AuthenticatorOffer, ConfirmAuthenticator, FactorKind, MyProofs, NewRecoveryCodes } from "./contract.ts";
import { digits, hasFactor, inFours, kindsOf, readCode, recoveryBytes, recoveryCodeFrom, stepOf, stepSeconds, stepsAround } from "./rules.ts";
import type { Factors } from "./rules.ts";

const recoveryCodes = 10;
/** RFC 4226 asks for a seed as long as the hash. */
const seedBytes = 20;
const parameters = { algorithm: "SHA1", digits, period: stepSeconds } as const;

/** By what a member may prove themselves beyond the password; nothing for somebody without a factor. */
export const factorKindsOf = async (ctx: Ctx, memberId: string): Promise<FactorKind[]> => kindsOf(await factorsOf(ctx, memberId));

async function factorsOf({ db, tenant }: Ctx, memberId: string): Promise<Factors> {
  const [row] = await db.$queryRaw<Factors[]>`
    SELECT EXISTS (SELECT FROM totp WHERE tenant_id = ${tenant.id} AND member_id = ${memberId} AND confirmed_at IS NOT NULL) AS "hasTotp",
           (SELECT count(*)::int FROM passkey WHERE tenant_id = ${tenant.id} AND member_id = ${memberId}) AS passkeys,
           (SELECT count(*)::int FROM recovery_code WHERE tenant_id = ${tenant.id} AND member_id = ${memberId} AND used_at IS NULL) AS "recoveryCodesLeft"`;
  return row ?? { hasTotp: false, passkeys: 0, recoveryCodesLeft: 0 };
}

/** How the caller can prove who they are, and what their company asks for. */
export async function myProofs(ctx: Ctx): Promise<MyProofs> {
  const { db, tenant, session } = ctx;
  const id = ownMemberId(ctx);
  const factors = await factorsOf(ctx, id);
  const member = await db.member.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: tenant.id, id } },
    select: { passwordHash: true, totp: { select: { confirmedAt: true } }, tenant: { select: { requiresMfa: true } }, _count: { select: { ssoIdentities: true } } },
  });
  return {
    hasPassword: member.passwordHash !== null,
    hasProvider: member._count.ssoIdentities > 0,
    kinds: kindsOf(factors),
    authenticatorSince: member.totp?.confirmedAt?.toISOString() ?? null,
    recoveryCodesLeft: factors.recoveryCodesLeft,
    isRequired: member.tenant.requiresMfa,
    isStrong: session?.isStrong === true,
  };
}

/** Offers a new seed. It counts from the first right code on; until then another offer takes its place. Throws `mfa/already-set-up`. */
export async function offerAuthenticator(ctx: Ctx): Promise<AuthenticatorOffer> {
  const { tenant, now } = ctx;
  const memberId = ownMemberId(ctx);
  const key = { tenantId: tenant.id, id: memberId };
  const { email } = await ctx.db.member.findUniqueOrThrow({ where: { tenantId_id: key }, select: { email: true } });
  const secret = Secret.fromHex(randomBytes(seedBytes).toString("hex"));
  const sealed = (await ctx.vault()).seal(placeOf(memberId), secret.base32);
  const offered = await ctx.db.$executeRaw`
    INSERT INTO totp (tenant_id, member_id, seed_sealed, created_at) VALUES (${tenant.id}, ${memberId}, ${sealed}, ${now})
    ON CONFLICT (tenant_id, member_id) DO UPDATE SET seed_sealed = excluded.seed_sealed, created_at = excluded.created_at, last_step = 0 WHERE totp.confirmed_at IS NULL`;
  if (offered === 0) throw refusal(mfaErrors, "mfa/already-set-up");
  // An app shows both names; a colon would part them wrongly.
  const issuer = `${tenant.name} (Atrium)`.replaceAll(":", " ");
  return { uri: new TOTP({ ...parameters, issuer, label: email.replaceAll(":", " "), secret }).toString(), key: inFours(secret.base32, " ") };
}

/** Sets up the offered app with its first code. Throws `mfa/not-set-up`, `mfa/already-set-up`, `mfa/wrong-code`. */
export async function confirmAuthenticator(ctx: Ctx, { code }: ConfirmAuthenticator): Promise<NewRecoveryCodes> {
  const { tenant, now } = ctx;
  const memberId = ownMemberId(ctx);
  await lockFactors(ctx, memberId);
  const offer = await findSeed(ctx, memberId);
  if (!offer) throw refusal(mfaErrors, "mfa/not-set-up");
  if (offer.confirmedAt) throw refusal(mfaErrors, "mfa/already-set-up");
  const step = stepOfCode(offer.seed, code, now);
  if (step === undefined) throw refusal(mfaErrors, "mfa/wrong-code", { field: "code" });
  await ctx.db.totp.update({ where: { tenantId_memberId: { tenantId: tenant.id, memberId } }, data: { confirmedAt: now, lastStep: step } });
  ctx.audit({ action: "totp.set-up", entityId: memberId });
  return factorAdded(ctx, memberId);
}

/** Forgets the app. Throws `mfa/not-set-up`, `mfa/last-factor`. */
export async function removeAuthenticator(ctx: Ctx): Promise<void> {
  const memberId = ownMemberId(ctx);
  await lockFactors(ctx, memberId);
  const { count } = await ctx.db.totp.deleteMany({ where: { tenantId: ctx.tenant.id, memberId, confirmedAt: { not: null } } });
  if (count === 0) throw refusal(mfaErrors, "mfa/not-set-up");
  ctx.audit({ action: "totp.remove", entityId: memberId });
  await factorRemoved(ctx, memberId);
}

/** Makes ten new recovery codes in place of the old. Throws `mfa/not-set-up` without a factor that they could stand in for. */
export async function renewRecoveryCodes(ctx: Ctx): Promise<NewRecoveryCodes> {
  const memberId = ownMemberId(ctx);
  await lockFactors(ctx, memberId);
  if (!hasFactor(await factorsOf(ctx, memberId))) throw refusal(mfaErrors, "mfa/not-set-up");
  await endSessions(ctx, memberId, "mfa-changed", { except: ctx.session?.id });
  return { recoveryCodes: await makeRecoveryCodes(ctx, memberId) };
}

/**
 * Spends a code that a member typed, so that nobody uses it again: six digits of a step after the last that was used, or a
 * recovery code. Answers whether it was right; the caller's transaction has to commit either way.
 */
export async function spendCode(ctx: Ctx, memberId: string, typed: string): Promise<boolean> {
  const code = readCode(typed);
  if (!code) return false;
  return code.kind === "totp" ? spendStep(ctx, memberId, code.text) : spendRecoveryCode(ctx, memberId, code.text);
}

async function spendStep(ctx: Ctx, memberId: string, code: string): Promise<boolean> {
  const found = await findSeed(ctx, memberId);
  const step = found?.confirmedAt ? stepOfCode(found.seed, code, ctx.now) : undefined;
  if (step === undefined) return false;
  // Of two uses of one code at the same moment the second waits for the first, and then finds its step taken.
  const used = await ctx.db.$executeRaw`
    UPDATE totp SET last_step = ${step} WHERE tenant_id = ${ctx.tenant.id} AND member_id = ${memberId} AND last_step < ${step}`;
  return used === 1;
}

async function spendRecoveryCode(ctx: Ctx, memberId: string, code: string): Promise<boolean> {
  const used = await ctx.db.$executeRaw`
    UPDATE recovery_code SET used_at = ${ctx.now}
    WHERE tenant_id = ${ctx.tenant.id} AND member_id = ${memberId} AND code_hash = ${hashOf(memberId, code)} AND used_at IS NULL`;
  if (used !== 1) return false;
  const { recoveryCodesLeft } = await factorsOf(ctx, memberId);
  ctx.audit({ action: "recovery-code.use", entityId: memberId, after: { left: recoveryCodesLeft } });
  return true;
}

/** What follows from a new factor: other sessions end, this one counts as strong, and a way back in is given once. */
export async function factorAdded(ctx: Ctx, memberId: string): Promise<NewRecoveryCodes> {
  await endSessions(ctx, memberId, "mfa-changed", { except: ctx.session?.id });
  await confirmSession(ctx, { isStrong: true });
  const { recoveryCodesLeft } = await factorsOf(ctx, memberId);
  return { recoveryCodes: recoveryCodesLeft > 0 ? [] : await makeRecoveryCodes(ctx, memberId) };
}

/** What follows when a factor is gone. Throws `mfa/last-factor` when the company asks for one and none is left. */
export async function factorRemoved(ctx: Ctx, memberId: string): Promise<void> {
  const { id: tenantId } = ctx.tenant;
  if (!hasFactor(await factorsOf(ctx, memberId))) {
    const { requiresMfa } = await ctx.db.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { requiresMfa: true } });
    if (requiresMfa) throw refusal(mfaErrors, "mfa/last-factor");
    await ctx.db.recoveryCode.deleteMany({ where: { tenantId, memberId } });
  }
  await endSessions(ctx, memberId, "mfa-changed", { except: ctx.session?.id });
}

/** Two changes of one person's factors happen one after the other, so that the last one is seen as the last. */
export async function lockFactors({ db, tenant }: Ctx, memberId: string): Promise<void> {
  await db.$queryRaw`SELECT id FROM member WHERE tenant_id = ${tenant.id} AND id = ${memberId} FOR UPDATE`;
}

async function makeRecoveryCodes(ctx: Ctx, memberId: string): Promise<string[]> {
  const { id: tenantId } = ctx.tenant;
  const codes = Array.from({ length: recoveryCodes }, () => recoveryCodeFrom(randomBytes(recoveryBytes)));
  await ctx.db.recoveryCode.deleteMany({ where: { tenantId, memberId } });
  await ctx.db.recoveryCode.createMany({ data: codes.map((code) => ({ tenantId, memberId, codeHash: hashOf(memberId, readCode(code)?.text ?? "") })) });
  ctx.audit({ action: "recovery-code.renew", entityId: memberId, after: { count: codes.length } });
  return codes;
}

/** Eighty random bits need no slow hash: nobody tries them all. */
const hashOf = (memberId: string, code: string): string => createHash("sha256").update(`${memberId}:${code}`).digest("hex");

const placeOf = (memberId: string) => ({ table: "totp", column: "seed_sealed", rowId: memberId }) as const;

async function findSeed(ctx: Ctx, memberId: string): Promise<{ readonly seed: Secret; readonly confirmedAt: Date | null } | undefined> {
  const row = await ctx.db.totp.findUnique({ where: { tenantId_memberId: { tenantId: ctx.tenant.id, memberId } }, select: { seedSealed: true, confirmedAt: true } });
  if (!row) return undefined;
  return { seed: Secret.fromBase32((await ctx.vault()).open(placeOf(memberId), row.seedSealed)), confirmedAt: row.confirmedAt };
}

/** The step whose code this is, among those around the moment; undefined for any other text. */
function stepOfCode(secret: Secret, typed: string, now: Date): bigint | undefined {
  const code = readCode(typed);
  if (code?.kind !== "totp") return undefined;
  const delta = TOTP.validate({ ...parameters, secret, token: code.text, timestamp: now.getTime(), window: stepsAround });
  return delta === null ? undefined : BigInt(stepOf(now) + delta);
}
