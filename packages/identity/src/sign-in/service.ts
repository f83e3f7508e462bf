import { ownMemberId } from "@atrium/api";
import type { Ctx, SessionClaims, SteppedCall } from "@atrium/api";
import { refusal } from "@atrium/kernel";
import { renewHash } from "../credential/service.ts";
import { assertMayTry, recordSuccess } from "../delay/service.ts";
import type { Try, TryingRequest } from "../delay/service.ts";
import { asGuest } from "../guest.ts";
import type { GuestRequest } from "../guest.ts";
import { factorKindsOf, spendCode } from "../mfa/service.ts";
import type { FactorKind } from "../mfa/contract.ts";
import { askPasskey, provePasskey } from "../passkey/service.ts";
import type { PasskeyAnswer, PasskeyQuestion } from "../passkey/contract.ts";
import { isPassword } from "../password.ts";
import { confirmSession, findTenant, openSession, requireTenant } from "../session/service.ts";
import type { DirectoryEntry } from "../session/service.ts";
import { signInErrors } from "./contract.ts";
import type { SignIn, StepUp } from "./contract.ts";

type TypedFactor = Pick<SignIn, "code" | "passkey">;

/** What came of the second factor. Decided within a transaction that commits either way: a spent code stays spent. */
type Outcome = { readonly isStrong: boolean } | { readonly refused: "session/wrong-code" | "session/wrong-passkey" } | { readonly needed: readonly FactorKind[] };

/**
 * Checks what a person typed and answers the claims of their session. Throws `session/wrong-credentials` in the same time
 * whatever was wrong; and to somebody who has the right password `session/second-factor-needed`, `session/wrong-code`,
 * `session/wrong-passkey`, `tenant_suspended`, `session/sso-required`; `request/busy` when too many sign in.
 */
export async function signIn(request: GuestRequest, { email, password, ...factor }: SignIn): Promise<SessionClaims> {
  const tenant = await findTenant(request.database, request.claimedSlug);
  const tried: Try = { act: "password", account: email };
  if (tenant) await assertMayTry(request, tenant.id, tried);
  const member = tenant && (await findByEmail(request, tenant, email));
  // Outside of any transaction: the work takes a tenth of a second of one processor.
  const isRight = await isPassword(password, member?.passwordHash);
  if (!tenant || !member || !isRight || member.status !== "active") throw refusal(signInErrors, "session/wrong-credentials");
  await recordSuccess(request, tenant.id, tried);
  const { id: memberId, name } = member;
  await renewHash(request, { tenantId: tenant.id, memberId, kept: member.passwordHash ?? "", password });
  const isStrong = await tryFactor(request, { tenantId: tenant.id, memberId, factor }, () =>
    asGuest(request, tenant, (ctx) => proveFactor(ctx, memberId, factor, "sign-in"), { kind: "member", memberId, name }),
  );
  return openSession(request, tenant, { memberId, method: "password", isStrong, assertHolds: (ctx) => assertStillProved(ctx, member, isStrong) });
}

/**
 * A sign-in takes a while, and the member's sessions may have been ended in it: by another password, or by a second factor
 * that was not there yet when it was looked for. What was proved before that opens nothing after it.
 */
async function assertStillProved(ctx: Ctx, { id, passwordChangedAt }: Account, isStrong: boolean): Promise<void> {
  const today = await ctx.db.member.findUniqueOrThrow({ where: { tenantId_id: { tenantId: ctx.tenant.id, id } }, select: { passwordChangedAt: true } });
  const isSamePassword = today.passwordChangedAt?.getTime() === passwordChangedAt?.getTime();
  if (!isSamePassword || (!isStrong && (await factorKindsOf(ctx, id)).length > 0)) throw refusal(signInErrors, "session/wrong-credentials");
}

/** The question to which a passkey of this company is the answer. Throws `tenant_not_found`, `passkey/not-here`. */
export async function askToSignIn(request: GuestRequest): Promise<PasskeyQuestion> {
  return asGuest(request, await requireTenant(request), (ctx) => askPasskey(ctx, "sign-in"));
}

/** Lets in whoever has a passkey: with it they have proved two things, what they have and what they know or are. Throws `session/wrong-passkey`, and what `openSession` throws. */
export async function signInByPasskey(request: GuestRequest, answer: PasskeyAnswer): Promise<SessionClaims> {
  const tenant = await findTenant(request.database, request.claimedSlug);
  const memberId = tenant && (await asGuest(request, tenant, (ctx) => provePasskey(ctx, answer, "sign-in")));
  if (!tenant || memberId === undefined) throw refusal(signInErrors, "session/wrong-passkey");
  return openSession(request, tenant, { memberId, method: "passkey", isStrong: true });
}

/**
 * Proves once more who the caller is, so that for ten minutes the doors that ask for it open. Throws
 * `session/wrong-password`, `session/second-factor-needed`, `session/wrong-code`, `session/wrong-passkey`,
 * `session/too-many-tries`.
 */
export async function stepUp({ request, transact }: SteppedCall, { password, ...factor }: StepUp): Promise<void> {
  const self = await transact(async (ctx) => {
    const memberId = ownMemberId(ctx);
    const key = { tenantId: ctx.tenant.id, id: memberId };
    const { passwordHash } = await ctx.db.member.findUniqueOrThrow({ where: { tenantId_id: key }, select: { passwordHash: true } });
    return { tenantId: ctx.tenant.id, memberId, passwordHash };
  });
  // A passkey has asked for a finger or a PIN itself; a code alone is only a thing one has.
  if (factor.passkey === undefined) await assertPassword(request, self, password ?? "");
  await tryFactor(request, { ...self, factor }, () =>
    transact(async (ctx) => {
      const came = await proveFactor(ctx, self.memberId, factor, "step-up");
      if (!("isStrong" in came)) return came;
      await confirmSession(ctx, came);
      ctx.audit({ action: "session.step-up", entityId: ctx.session?.id ?? "", after: came });
      return came;
    }),
  );
}

async function assertPassword(request: TryingRequest, { tenantId, memberId, passwordHash }: { readonly tenantId: string; readonly memberId: string; readonly passwordHash: string | null }, typed: string): Promise<void> {
  const tried: Try = { act: "password", account: memberId };
  await assertMayTry(request, tenantId, tried);
  if (!(await isPassword(typed, passwordHash))) throw refusal(signInErrors, "session/wrong-password", { field: "password" });
  await recordSuccess(request, tenantId, tried);
}

/** Proves a factor at the pace at which one may try; answers whether there was one. Being asked for one is no failed try. */
async function tryFactor(request: TryingRequest, whose: { readonly tenantId: string; readonly memberId: string; readonly factor: TypedFactor }, prove: () => Promise<Outcome>): Promise<boolean> {
  const { tenantId, memberId, factor } = whose;
  const isTyped = factor.code !== undefined;
  const tried: Try = { act: "second-factor", account: memberId };
  if (isTyped) await assertMayTry(request, tenantId, tried);
  const outcome = await prove();
  if ("needed" in outcome) throw refusal(signInErrors, "session/second-factor-needed", { params: { kinds: outcome.needed.join(" ") } });
  if ("refused" in outcome) throw refusal(signInErrors, outcome.refused, { field: "code" });
  if (isTyped) await recordSuccess(request, tenantId, tried);
  return outcome.isStrong;
}

/** Whether a member's factor is proved, or none is asked of them. A wrong one is written down: its person may want to know. */
async function proveFactor(ctx: Ctx, memberId: string, factor: TypedFactor, purpose: "sign-in" | "step-up"): Promise<Outcome> {
  const outcome = await lookAtFactor(ctx, memberId, factor, purpose);
  if ("refused" in outcome) ctx.audit({ action: "session.wrong-factor", entityId: memberId, after: { purpose, why: outcome.refused } });
  return outcome;
}

async function lookAtFactor(ctx: Ctx, memberId: string, { code, passkey }: TypedFactor, purpose: "sign-in" | "step-up"): Promise<Outcome> {
  if (passkey !== undefined) {
    const isTheirs = (await provePasskey(ctx, passkey, purpose)) === memberId;
    return isTheirs ? { isStrong: true } : { refused: "session/wrong-passkey" };
  }
  const kinds = await factorKindsOf(ctx, memberId);
  if (kinds.length === 0) return { isStrong: false };
  if (code === undefined) return { needed: kinds };
  return (await spendCode(ctx, memberId, code)) ? { isStrong: true } : { refused: "session/wrong-code" };
}

interface Account {
  readonly id: string;
  readonly passwordChangedAt: Date | null;
}

function findByEmail({ database }: GuestRequest, { id: tenantId }: DirectoryEntry, email: string) {
  return database.withTenant(tenantId, (db) =>
    db.member.findUnique({
      where: { tenantId_emailLower: { tenantId, emailLower: email.toLowerCase() } },
      select: { id: true, name: true, status: true, passwordHash: true, passwordChangedAt: true },
    }),
  );
}
