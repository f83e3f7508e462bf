import { refusal } from "@atrium/kernel";
import * as oidc from "openid-client";
import { z } from "zod";
import { identitySettings } from "../env.ts";
import { ssoErrors } from "./contract.ts";
import type { SsoPurpose, SsoQuestion } from "./contract.ts";
import { guardedFetch, InsideAddress } from "./network.ts";
import { readIssuer } from "./rules.ts";
import type { Identity } from "./rules.ts";

export interface SsoSettings {
  /** The house's own address, without a slash at its end. */
  readonly publicUrl: string;
  /** Hosts of providers inside one's own network. */
  readonly insideHosts: readonly string[];
}

/** This process's settings for talking to providers. */
export function ssoSettings(): SsoSettings {
  const { ATRIUM_URL, ATRIUM_SSO_INSIDE } = identitySettings();
  return { publicUrl: ATRIUM_URL.replace(/\/$/, ""), insideHosts: ATRIUM_SSO_INSIDE };
}

export interface Provider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A provider that was reached. */
export type Reached = oidc.Configuration;

/** A sign-in waits for it. */
const timeoutSeconds = 5;

/** Where a provider sends people back to: the same for all of a company's providers. */
export const redirectUriOf = ({ publicUrl }: SsoSettings, slug: string): string => `${publicUrl}/${slug}/api/sso/callback`;

/**
 * Reads what a provider says of itself. Throws `sso/issuer-invalid`, `-not-https`, `-inside`, `-unreachable`, `-no-provider`,
 * `-mismatch`, `-incomplete`.
 */
export async function reach({ issuer, clientId, clientSecret }: Provider, { insideHosts }: SsoSettings): Promise<Reached> {
  const url = readIssuer(issuer, insideHosts);
  if (typeof url === "string") throw refusal(ssoErrors, url, { field: "issuer" });
  const execute = [oidc.enableNonRepudiationChecks, ...(url.protocol === "http:" ? [oidc.allowInsecureRequests] : [])];
  const options = { timeout: timeoutSeconds, execute, [oidc.customFetch]: guardedFetch(insideHosts) };
  try {
    const found = await oidc.discovery(url, clientId, undefined, secretOf(clientSecret), options);
    const { issuer: named, authorization_endpoint: asks, token_endpoint: redeems, jwks_uri: keys } = found.serverMetadata();
    // A provider of many companies answers under one name for all of them: whose person somebody is would be anybody's guess.
    if (new URL(named).href !== url.href) throw refusal(ssoErrors, "sso/issuer-mismatch", { field: "issuer" });
    if ([asks, redeems, keys].includes(undefined)) throw refusal(ssoErrors, "sso/issuer-incomplete", { field: "issuer" });
    return found;
  } catch (error) {
    throw discoveryRefusal(error);
  }
}

/** A provider says how it wants the secret; one that says nothing takes it as the standard's default, in a header. */
function secretOf(secret: string): oidc.ClientAuth {
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    const authenticate = methods.includes("client_secret_basic") ? oidc.ClientSecretBasic(secret) : oidc.ClientSecretPost(secret);
    authenticate(server, ...rest);
  };
}

/** No provider: another status, another type, or nothing that can be read. */
const notAProvider = new Set(["OAUTH_RESPONSE_IS_NOT_CONFORM", "OAUTH_RESPONSE_IS_NOT_JSON", "OAUTH_PARSE_ERROR", "OAUTH_INVALID_RESPONSE"]);

function discoveryRefusal(error: unknown): unknown {
  if (!(error instanceof Error) || error.name === "AppError") return error;
  const detail = { field: "issuer", cause: error };
  if (error.cause instanceof InsideAddress || error instanceof InsideAddress) return refusal(ssoErrors, "sso/issuer-inside", detail);
  const code = error instanceof oidc.ClientError ? (error.code ?? "") : "";
  if (code === "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED") return refusal(ssoErrors, "sso/issuer-mismatch", detail);
  return refusal(ssoErrors, notAProvider.has(code) ? "sso/issuer-no-provider" : "sso/issuer-unreachable", detail);
}

/** The values of one question that nobody can guess. */
export const newSecrets = (): Pick<SsoQuestion, "state" | "nonce" | "verifier"> => ({
  state: oidc.randomState(),
  nonce: oidc.randomNonce(),
  verifier: oidc.randomPKCECodeVerifier(),
});

/** The address at the provider that a person is sent to. A step-up asks that they prove themselves anew, whatever session they have there. */
export async function addressOf(reached: Reached, { state, nonce, verifier, purpose }: SsoQuestion, redirectUri: string): Promise<URL> {
  return oidc.buildAuthorizationUrl(reached, {
    redirect_uri: redirectUri,
    scope: "openid email profile",
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...(isFresh(purpose) && { prompt: "login", max_age: "0" }),
  });
}

/** A step-up has to be a new proof, and so has what gives somebody a way in for good. */
const isFresh = (purpose: SsoPurpose): boolean => purpose !== "sign-in";

const Said = z.object({
  sub: z.string().min(1).max(255),
  email: z.email().max(254).optional().catch(undefined),
  // Some providers write the word in quotation marks. That is not what the standard calls verified.
  email_verified: z.boolean().optional().catch(false),
  name: z.string().trim().min(1).max(200).optional().catch(undefined),
});

/**
 * Redeems the code that came back. The ID token's signature, issuer, audience, nonce and times are checked. Throws
 * `sso/answer-wrong`, or `sso/provider-failed` when the provider does not answer.
 *
 * @param answer what came back in the address
 */
export async function redeem(reached: Reached, question: SsoQuestion, answer: URLSearchParams, redirectUri: string): Promise<Identity> {
  const { state, nonce, verifier, purpose } = question;
  const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true, ...(isFresh(purpose) && { maxAge: 0 }) };
  try {
    const tokens = await oidc.authorizationCodeGrant(reached, new URL(`${redirectUri}?${answer.toString()}`), checks);
    const token = Said.parse(tokens.claims());
    // A provider that keeps its ID tokens thin tells the address only when asked, of the same subject.
    const asks = token.email === undefined && reached.serverMetadata().userinfo_endpoint !== undefined;
    const said = asks ? Said.parse(await oidc.fetchUserInfo(reached, tokens.access_token, token.sub)) : token;
    return { subject: said.sub, email: said.email, isEmailVerified: said.email_verified === true, name: said.name };
  } catch (error) {
    throw refusal(ssoErrors, isSilence(error) ? "sso/provider-failed" : "sso/answer-wrong", { cause: error });
  }
}

/** The provider could not be reached, or fell over: nobody did anything wrong. */
function isSilence(error: unknown): boolean {
  if (error instanceof oidc.ResponseBodyError) return error.status >= 500;
  if (error instanceof oidc.ClientError) return error.code === "OAUTH_TIMEOUT" || error.code === undefined;
  return error instanceof TypeError && error.message === "fetch failed";
}
