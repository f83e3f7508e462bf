import { SignUpStatement } from "@atrium/identity/contract";
import { decode, encode } from "next-auth/jwt";

/** Its key is derived for this alone: a link is no session's token, and a session's token is no link. */
const salt = "sign-up";
const aDaySeconds = 24 * 60 * 60;

/**
 * What the link in the mail carries: the sign-up itself, encrypted and authenticated, for a day. So whoever never confirms
 * leaves nothing behind, and whoever has the link reads the mailbox.
 */
export function sealSignUp(signUp: SignUpStatement, secret: string): Promise<string> {
  return encode({ token: { signUp }, secret, salt, maxAge: aDaySeconds });
}

/** The sign-up in a link; undefined when it is too old, was changed on the way, or was not made by this house. */
export async function openSignUp(token: string, secret: string): Promise<SignUpStatement | undefined> {
  const payload = await decode({ token, secret, salt }).catch(() => null);
  return SignUpStatement.safeParse(payload?.["signUp"]).data;
}
