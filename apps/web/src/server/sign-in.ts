import { appErrorFrom, enter, openAlways } from "@atrium/api";
import type { RequestContext, SessionClaims } from "@atrium/api";
import { Claims, PasskeyAnswer, SignIn, signIn, signInByPasskey, signOut } from "@atrium/identity";
import type { DirectoryEntry } from "@atrium/identity";
import type { AppError } from "@atrium/kernel";
import type { AuthOptions } from "next-auth";
import credentialsProvider from "next-auth/providers/credentials";
import { isSecure } from "./context.ts";
import type { Env } from "../env.ts";
import { cookieNames } from "./session.ts";

declare module "next-auth" {
  interface User {
    readonly claims: SessionClaims;
  }
}

/** Of nobody's company nobody can sign in; the page says the same as for a wrong password. */
const defaultSeconds = 12 * 60 * 60;

/** next-auth's options for the company in the path: the session belongs to one company, and so does its cookie. */
export function authOptions(env: Pick<Env, "ATRIUM_URL" | "NEXTAUTH_SECRET">, request: RequestContext, tenant: DirectoryEntry | undefined): AuthOptions {
  const { claimedSlug: slug, requestId, log } = request;
  const secure = isSecure(env.ATRIUM_URL);
  const sessionSeconds = tenant === undefined ? defaultSeconds : tenant.sessionMaxMinutes * 60;
  const names = cookieNames(slug, secure);
  const cookie = { httpOnly: true, sameSite: "lax", path: "/", secure } as const;
  const door = (id: string, fields: readonly string[], prove: Prove) => provider(request, id, fields, prove);
  return {
    secret: env.NEXTAUTH_SECRET,
    useSecureCookies: secure,
    session: { strategy: "jwt", maxAge: sessionSeconds },
    jwt: { maxAge: sessionSeconds },
    pages: { signIn: `/${slug}/sign-in`, error: `/${slug}/sign-in` },
    cookies: {
      sessionToken: { name: names.session, options: cookie },
      csrfToken: { name: names.csrf, options: cookie },
      callbackUrl: { name: names.callback, options: cookie },
    },
    providers: [
      door("credentials", ["email", "password", "code", "passkey"], (typed) => signIn(request, readTyped(typed))),
      door("passkey", ["passkey"], (typed) => signInByPasskey(request, PasskeyAnswer.parse(fromJson(typed["passkey"])))),
    ],
    callbacks: {
      // The token holds our claims and no name, address or picture: those are read where they are shown.
      jwt: ({ token, user }) => ("claims" in user ? { claims: user.claims } : token),
      redirect: ({ url }) => ownPath(url, slug),
    },
    events: {
      // The cookie goes; so does the session behind it, whoever else may have a copy.
      signOut: async ({ token }) => {
        const session = Claims.safeParse(token["claims"]).data;
        await enter({ ...request, session }, "home:read", { ...openAlways, opensToSupport: true }, signOut).catch((thrown: unknown) => {
          const { code, kind } = appErrorFrom(thrown);
          if (kind === "internal") log.error({ requestId, err: thrown }, "a session was not ended");
          else log.info({ requestId, code }, "a session had ended before it was signed out");
        });
      },
    },
    logger: {
      error: (code, metadata) => log.error({ requestId, code, metadata }, "next-auth"),
      // It warns of the missing NEXTAUTH_URL, which is left out on purpose.
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

type Prove = (typed: Readonly<Record<string, string>>) => Promise<SessionClaims>;

/** One way to come in: the fields it reads, and what makes a session of them. */
function provider({ log, requestId, claimedSlug: tenant }: RequestContext, id: string, fields: readonly string[], prove: Prove) {
  return credentialsProvider({
    id,
    credentials: Object.fromEntries(fields.map((field) => [field, {}])),
    authorize: async (typed) => {
      try {
        const claims = await prove(typed ?? {});
        return { id: claims.sessionId, claims };
      } catch (thrown) {
        const error = appErrorFrom(thrown);
        if (error.kind === "internal") log.error({ requestId, err: thrown }, "sign-in failed");
        else log.info({ requestId, tenant, code: error.code }, "sign-in refused");
        // next-auth carries the message to the page that asked.
        throw new Error(refusalText(error), { cause: thrown });
      }
    },
  });
}

/** A refusal as an address can carry it: `session/second-factor-needed?kinds=totp+passkey`. */
function refusalText({ code, detail: { params = {} } }: AppError): string {
  const values = new URLSearchParams(Object.entries(params).map(([name, value]) => [name, String(value)])).toString();
  return values === "" ? code : `${code}?${values}`;
}

/** The form posts texts; of the authenticator's answer it posts the JSON. */
const readTyped = ({ passkey, ...typed }: Readonly<Record<string, string>>): SignIn => SignIn.parse({ ...typed, ...(passkey !== undefined && { passkey: fromJson(passkey) }) });

function fromJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    // The schema refuses what is no answer at all.
    return undefined;
  }
}

/** Where a person wanted to go, if that is a path of this company; its home otherwise. Never another host. */
export function ownPath(wanted: string | undefined, slug: string): string {
  const home = `/${slug}`;
  if (wanted === undefined || !/^\/[^/\\]/.test(wanted) || !URL.canParse(wanted, "https://here.invalid")) return home;
  const { origin, pathname, search } = new URL(wanted, "https://here.invalid");
  const isOwn = origin === "https://here.invalid" && (pathname === home || pathname.startsWith(`${home}/`));
  // Back to the sign-in page, or into the API, would lead nowhere.
  const isPage = !pathname.startsWith(`${home}/sign-in`) && !pathname.startsWith(`${home}/api/`);
  return isOwn && isPage ? `${pathname}${search}` : home;
}
