/** Signs in as the browser does, and answers the cookies that a caller brings from then on. */
export async function signIn(origin: string, slug: string, email: string, password: string): Promise<string> {
  const circuit = `${origin}/${slug}/api/auth`;
  const asked = await fetch(`${circuit}/csrf`);
  const { csrfToken } = readToken(await asked.json());
  const before = cookiesOf(asked);
  const body = new URLSearchParams({ csrfToken, email, password, json: "true" });
  const answer = await fetch(`${circuit}/callback/credentials`, { method: "POST", body, headers: { cookie: before }, redirect: "manual" });
  const session = cookiesOf(answer);
  if (!session.includes(`atrium-session-${slug}=`)) throw new Error(`Signing in as ${email} was refused with ${answer.status}.`);
  return `${before}; ${session}`;
}

const cookiesOf = (answer: Response): string => answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]).join("; ");

function readToken(body: unknown): { readonly csrfToken: string } {
  if (typeof body === "object" && body !== null && "csrfToken" in body && typeof body.csrfToken === "string") return { csrfToken: body.csrfToken };
  throw new TypeError("The circuit answered no CSRF token.");
}
