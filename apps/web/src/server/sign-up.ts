import type { Message, RequestContext } from "@atrium/api";
import { beginSignUp, confirmSignUp, findTenant, isSlugTaken } from "@atrium/identity";
import { NewSlug, signUpErrors } from "@atrium/identity/contract";
import type { ConfirmSignUp, SignUp, SignUpPreview, SignUpStatement, SlugAnswer } from "@atrium/identity/contract";
import { AppError, networkOf, refusal } from "@atrium/kernel";
import type { NextRequest } from "next/server";
import { NextResponse } from "next/server";
import { isSecure } from "./context.ts";
import { patience } from "./patience.ts";
import { runtime } from "./runtime.ts";
import { setSessionCookie } from "./session.ts";
import { openSignUp, sealSignUp } from "./sign-up-link.ts";

const hourMs = 3_600_000;
/** Of one address of the net; a whole office may sit behind one. */
const fromAddress = patience({ tries: 30, withinMs: hourMs });
/** To one mailbox: nobody has another's flooded with our mail. */
const toMailbox = patience({ tries: 5, withinMs: hourMs });
/** Looking whether a name is free, as somebody types. */
const looking = patience({ tries: 240, withinMs: 600_000 });

function assertPatience(wait: ReturnType<typeof patience>, key: string, now: Date): void {
  const waitMs = wait(key, now);
  if (waitMs > 0) throw refusal(signUpErrors, "sign-up/too-often", { params: { minutes: Math.ceil(waitMs / 60_000) } });
}

/** Whether a new company can have this address name, and if not the code that says why. Throws `sign-up/too-often`. */
export async function lookAtSlug({ database, address, now }: RequestContext, text: string): Promise<SlugAnswer> {
  assertPatience(looking, networkOf(address), now);
  const read = NewSlug.safeParse(text);
  if (!read.success) return { problem: read.error.issues[0]?.message ?? null };
  return { problem: (await isSlugTaken(database, read.data)) ? "company/slug-taken" : null };
}

/**
 * Sends the link that makes the company. The answer is the same whatever mailbox it is and whoever has it. Throws
 * `company/slug-taken`, `sign-up/too-often`, `sign-up/mail-failed`, `sign-up/mail-refused`.
 */
export async function sendSignUpLink(context: RequestContext, signUp: SignUp): Promise<void> {
  const { env, mail, publicUrl } = await runtime();
  const { address, now, log } = context;
  assertPatience(fromAddress, networkOf(address), now);
  assertPatience(toMailbox, signUp.email.toLowerCase(), now);
  const statement = await beginSignUp(context, signUp);
  const link = `${publicUrl}/sign-up/confirm#${await sealSignUp(statement, env.NEXTAUTH_SECRET)}`;
  const delivery = await mail.send(linkMail(statement, link)).catch((thrown: unknown) => {
    log.error({ err: thrown }, "the mail of a sign-up was not sent");
    throw refusal(signUpErrors, "sign-up/mail-failed");
  });
  if (delivery === "refused") throw refusal(signUpErrors, "sign-up/mail-refused", { field: "email" });
}

/** It repeats nothing that could be written to be read: anybody can have it sent to anybody. */
function linkMail({ tenantId, email, slug }: SignUpStatement, link: string): Message {
  const text = [
    "Hello,",
    `Somebody, probably you, wants to begin a company in Atrium at the address name “${slug}”. To go on, open this link within a day and choose a password:`,
    link,
    "Until then nothing is kept. If it was not you, do nothing.",
    "Atrium",
  ];
  return { key: `sign-up-${tenantId}`, to: email, subject: "Confirm your company in Atrium", text: `${text.join("\n\n")}\n` };
}

/** What a link would make, and whether its address name was taken meanwhile. Throws `sign-up/link-invalid`, `sign-up/already-confirmed`. */
export async function previewSignUp(context: RequestContext, token: string): Promise<SignUpPreview> {
  const statement = await readSignUpLink(context, token);
  return { ...statement, isSlugTaken: await isSlugTaken(context.database, statement.slug) };
}

async function readSignUpLink({ database }: RequestContext, token: string): Promise<SignUpStatement> {
  const { env } = await runtime();
  const statement = await openSignUp(token, env.NEXTAUTH_SECRET);
  if (!statement) throw refusal(signUpErrors, "sign-up/link-invalid");
  const { tenantId } = statement;
  const made = await database.withTenant(tenantId, (db) => db.tenant.findUnique({ where: { id: tenantId }, select: { slug: true } }));
  if (made) throw refusal(signUpErrors, "sign-up/already-confirmed", { params: { slug: made.slug } });
  return statement;
}

/** Makes the company of a link and signs its owner in. Throws what `confirmSignUp` and `previewSignUp` throw. */
export async function confirm(context: RequestContext, { token, password, slug }: ConfirmSignUp): Promise<Response> {
  assertPatience(fromAddress, networkOf(context.address), context.now);
  const { env } = await runtime();
  const statement = await readSignUpLink(context, token);
  const claims = await confirmSignUp(context, { ...statement, ...(slug !== undefined && { slug }) }, password);
  const tenant = await findTenant(context.database, claims.tenantSlug);
  const answer = NextResponse.json({ slug: claims.tenantSlug });
  await setSessionCookie(answer, { claims, maxMinutes: tenant?.sessionMaxMinutes ?? 0, secret: env.NEXTAUTH_SECRET, isSecure: isSecure(env.ATRIUM_URL) });
  return answer;
}

/** More than any of these bodies needs. */
const longestBody = 16_384;

/** What a request brings as JSON. Throws `request/too-large`; what is no JSON at all is undefined, which no schema takes. */
export async function jsonBody(request: NextRequest): Promise<unknown> {
  const text = await request.text();
  if (text.length > longestBody) throw new AppError("request/too-large", "too-large");
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
