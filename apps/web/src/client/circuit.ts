"use client";

import { z } from "zod";
import { reachable } from "./server-state.ts";

const csrfSchema = z.object({ csrfToken: z.string() });
const redirectSchema = z.object({ url: z.string() });

/** One act of the sign-in circuit. Answers the refusal as `asRefusal` reads it, if it was refused. Throws when the server is out of reach. */
export async function postToCircuit(slug: string, action: "callback/credentials" | "callback/passkey" | "signout", fields: Readonly<Record<string, string>>) {
  const base = `/${slug}/api/auth`;
  const { csrfToken } = csrfSchema.parse(await (await reachable(`${base}/csrf`, { cache: "no-store" })).json());
  const answer = await reachable(`${base}/${action}`, { method: "POST", body: new URLSearchParams({ ...fields, csrfToken, json: "true" }) });
  const { url } = redirectSchema.parse(await answer.json());
  const said = new URL(url, window.location.origin).searchParams;
  // Of a stale CSRF token next-auth only says that there was one.
  return { refused: said.get("error") ?? (said.has("csrf") ? "request/invalid" : undefined) };
}
