import { createSign, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import Provider from "oidc-provider";
import { z } from "zod";

/** What the provider knows of a person, besides the subject. */
export interface Person {
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
}

export interface ProviderOptions {
  readonly redirectUri: string;
  readonly people: Readonly<Record<string, Person>>;
  /** Puts the address into the ID token; otherwise it has to be asked for. */
  readonly hasFatTokens?: boolean;
}

type Claims = Readonly<Record<string, unknown>>;

export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Signs in as this person, as a browser would, and answers what the provider sends back with them. */
  signIn(url: URL, subject: string): Promise<URLSearchParams>;
  /** Whoever comes to the provider from now on is this person there: for a browser that walks by itself. */
  expect(subject: string): void;
  /** From now on the token endpoint answers with an ID token of these claims, signed with the provider's own key. */
  forge(change: (claims: Claims) => Claims, nonce: string, subject: string): void;
  close(): Promise<void>;
}

const client = { id: "atrium-test", secret: "not-a-secret-only-for-tests" };
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const jwk = z.looseObject({ kty: z.literal("RSA") }).parse(privateKey.export({ format: "jwk" }));

/** A real identity provider on loopback. */
export async function startProvider(options: ProviderOptions): Promise<TestProvider> {
  const server = createServer();
  const issuer = await listen(server);
  const provider = makeProvider(issuer, options);
  const handle = provider.callback();
  const state: { subject: string; forged: string | undefined } = { subject: "", forged: undefined };
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? "/";
    if (path.startsWith("/interaction/")) void provider.interactionFinished(request, response, { login: { accountId: state.subject } });
    else if (path.startsWith("/token") && state.forged !== undefined) {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ access_token: "x", token_type: "Bearer", expires_in: 60, id_token: state.forged }));
    } else void handle(request, response);
  });
  return {
    issuer,
    clientId: client.id,
    clientSecret: client.secret,
    signIn: (url, subject) => {
      state.subject = subject;
      return walk(url, options.redirectUri);
    },
    expect: (subject) => {
      state.subject = subject;
    },
    forge: (change, nonce, subject) => {
      const now = Math.floor(Date.now() / 1000);
      const person = options.people[subject] ?? {};
      state.forged = sign(change({ iss: issuer, aud: client.id, sub: subject, nonce, iat: now, exp: now + 600, auth_time: now, ...person }));
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${z.object({ port: z.number() }).parse(server.address()).port}`));
  });
}

function makeProvider(issuer: string, { redirectUri, people, hasFatTokens = false }: ProviderOptions): Provider {
  const scope = "openid email profile";
  return new Provider(issuer, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [redirectUri], response_types: ["code"], grant_types: ["authorization_code"] }],
    jwks: { keys: [{ ...jwk, kid: "test", use: "sig", alg: "RS256" }] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: !hasFatTokens,
    cookies: { keys: ["only for tests"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId, ...people[accountId] }) }),
    // Nobody is asked what they agree to: that page is the provider's own affair.
    loadExistingGrant: async (context) => {
      const { account, client: asking } = context.oidc;
      if (!account || !asking) return undefined;
      const grant = new context.oidc.provider.Grant({ accountId: account.accountId, clientId: asking.clientId });
      grant.addOIDCScope(scope);
      await grant.save();
      return grant;
    },
  });
}

/** Follows redirects with the cookies that came, until one leads back to us. */
async function walk(start: URL, redirectUri: string): Promise<URLSearchParams> {
  const jar = new Map<string, string>();
  let url = start;
  for (let hops = 0; hops < 10; hops += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(url, { redirect: "manual", headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [name = "", ...value] = (line.split(";")[0] ?? "").split("=");
      jar.set(name, value.join("="));
    }
    const location = answer.headers.get("location");
    if (location === null) throw new Error(`The provider answered ${answer.status} in place of a redirect: ${await answer.text()}`);
    url = new URL(location, url);
    if (url.href.startsWith(redirectUri)) return url.searchParams;
  }
  throw new Error("The provider leads round in circles.");
}

function sign(claims: Claims): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "RS256", kid: "test" })}.${part(claims)}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(privateKey, "base64url")}`;
}
