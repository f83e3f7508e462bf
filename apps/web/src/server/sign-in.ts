import { appErrorFrom } from "@atrium/api";
import type { SessionClaims } from "@atrium/api";
import { Credentials, signIn } from "@atrium/identity";
import type { AuthOptions } from "next-auth";
import credentialsProvider from "next-auth/providers/credentials";
import { isSecure } from "./context.ts";
import { cookieNames, sessionSeconds } from "./session.ts";
import type { Runtime } from "./runtime.ts";

declare module "next-auth" {
  interface User {
    readonly claims: SessionClaims;
  }
}

export interface SignInPlace {
  /** The company in the path. */
  readonly slug: string;
  readonly requestId: string;
}

/** next-auth's options for the company in the path: the session belongs to one company, and so does its cookie. */
export function authOptions({ env, database, clock, log }: Runtime, { slug, requestId }: SignInPlace): AuthOptions {
  const secure = isSecure(env.ATRIUM_URL);
  const names = cookieNames(slug, secure);
  const cookie = { httpOnly: true, sameSite: "lax", path: "/", secure } as const;
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
      credentialsProvider({
        credentials: { email: {}, password: {} },
        authorize: async (typed) => {
          try {
            const claims = await signIn({ database, slug, requestId, now: clock() }, Credentials.parse(typed));
            return { id: claims.memberId, claims };
          } catch (thrown) {
            const error = appErrorFrom(thrown);
            if (error.kind === "internal") log.error({ requestId, err: thrown }, "sign-in failed");
            else log.info({ requestId, tenant: slug, code: error.code }, "sign-in refused");
            // next-auth carries the message to the page that asked.
            throw new Error(error.code, { cause: thrown });
          }
        },
      }),
    ],
    callbacks: {
      // The token holds our claims and no name, address or picture: those are read where they are shown.
      jwt: ({ token, user }) => ("claims" in user ? { claims: user.claims } : token),
      redirect: ({ url }) => ownPath(url, slug),
    },
    logger: {
      error: (code, metadata) => log.error({ requestId, code, metadata }, "next-auth"),
      // It warns of the missing NEXTAUTH_URL, which is left out on purpose.
      warn: () => undefined,
      debug: () => undefined,
    },
  };
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
