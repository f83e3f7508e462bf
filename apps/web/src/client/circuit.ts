"use client";

import { z } from "zod";
import { asRefusal, fetchRoute, RouteRefused, saidRefusal } from "./refusals.ts";
import { reachable } from "./server-state.ts";

const csrfSchema = z.object({ csrfToken: z.string() });
const redirectSchema = z.object({ url: z.string() });

/** One act of the sign-in circuit. Answers the refusal, if it was refused. Throws when the server is out of reach. */
export async function postToCircuit(slug: string, action: "callback/credentials" | "callback/passkey" | "signout", fields: Readonly<Record<string, string>>) {
  const base = `/${slug}/api/auth`;
  const { csrfToken } = csrfSchema.parse(await (await fetchRoute(`${base}/csrf`, { cache: "no-store" })).json());
  const answer = await reachable(`${base}/${action}`, { method: "POST", body: new URLSearchParams({ ...fields, csrfToken, json: "true" }) });
  const body: unknown = await answer.json();
  const refusal = saidRefusal(body);
  if (refusal !== undefined) return { refused: new RouteRefused(refusal) };
  const said = new URL(redirectSchema.parse(body).url, window.location.origin).searchParams;
  // Of a stale CSRF token next-auth only says that there was one.
  const code = said.get("error") ?? (said.has("csrf") ? "request/invalid" : undefined);
  return { refused: code === undefined ? undefined : asRefusal(code) };
}

/** Ends the session of this browser in a company. Throws when it was not ended. */
export async function signOutOf(slug: string): Promise<void> {
  const { refused } = await postToCircuit(slug, "signout", { callbackUrl: `/${slug}` });
  if (refused !== undefined) throw refused;
}
