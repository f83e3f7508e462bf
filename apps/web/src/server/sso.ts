import { appErrorFrom } from "@atrium/api";
import type { RequestContext } from "@atrium/api";
import { SsoQuestion, ssoPurposes } from "@atrium/identity/contract";
import type { SsoPurpose } from "@atrium/identity/contract";
import { decode, encode } from "next-auth/jwt";
import { NextResponse } from "next/server";
import type { NextRequest } from "next/server";
import type { Env } from "../env.ts";
import { cookieNames } from "../edge/cookie-names.ts";
import { isSecure } from "./context.ts";

type Settings = Pick<Env, "ATRIUM_URL" | "NEXTAUTH_SECRET">;

/** What is sealed with it opens as nothing else: a question is no session. */
const salt = "atrium-sso-question";

const cookieName = (slug: string, env: Settings): string => cookieNames(slug, isSecure(env.ATRIUM_URL)).sso;
const cookieLooks = (env: Settings) => ({ httpOnly: true, sameSite: "lax", path: "/", secure: isSecure(env.ATRIUM_URL) }) as const;

export interface KeptQuestion {
  readonly slug: string;
  readonly question: SsoQuestion;
  readonly env: Settings;
  readonly minutes: number;
}

/** Has the browser keep what was asked of a provider, sealed, until the answer comes. */
export async function keepQuestion(answer: NextResponse, { slug, question, env, minutes }: KeptQuestion): Promise<void> {
  const maxAge = minutes * 60;
  const value = await encode({ token: { question }, secret: env.NEXTAUTH_SECRET, maxAge, salt });
  answer.cookies.set(cookieName(slug, env), value, { ...cookieLooks(env), maxAge });
}

/** What this browser asked; undefined when it asked nothing, or too long ago. */
export async function readQuestion(request: NextRequest, slug: string, env: Settings): Promise<SsoQuestion | undefined> {
  const kept = request.cookies.get(cookieName(slug, env))?.value;
  if (kept === undefined) return undefined;
  const payload = await decode({ token: kept, secret: env.NEXTAUTH_SECRET, salt }).catch(() => null);
  return SsoQuestion.safeParse(payload?.["question"]).data;
}

export function forgetQuestion(answer: NextResponse, slug: string, env: Settings): void {
  answer.cookies.set(cookieName(slug, env), "", { ...cookieLooks(env), maxAge: 0 });
}

export const wantedPurpose = (text: string | null): SsoPurpose => ssoPurposes.find((purpose) => purpose === text) ?? "sign-in";

/** An answer that leads to a path of the company's own. */
export const leadBack = (path: string): NextResponse => new NextResponse(null, { status: 303, headers: { location: path } });

/** The page that somebody comes back to, told what became of it. */
export function withOutcome(path: string, outcome: string): string {
  const url = new URL(path, "https://here.invalid");
  url.searchParams.set("sso", outcome);
  return `${url.pathname}${url.search}`;
}

/** Where a refusal is told: on the sign-in page, or where the person came from. What a provider said stands in no log: it may hold a token. */
export function refusedTo({ log, claimedSlug, requestId }: RequestContext, thrown: unknown, { purpose, next }: { readonly purpose: SsoPurpose; readonly next: string }): string {
  const { code, kind, detail } = appErrorFrom(thrown);
  const cause = detail.cause instanceof Error && "code" in detail.cause ? String(detail.cause.code) : undefined;
  if (kind === "internal") log.error({ requestId, err: detail.cause }, "single sign-on failed");
  else log.info({ requestId, code, cause }, "single sign-on refused");
  if (purpose !== "sign-in" && kind !== "unauthenticated") return withOutcome(next, code);
  return `/${claimedSlug}/sign-in?${new URLSearchParams({ error: code, next }).toString()}`;
}
