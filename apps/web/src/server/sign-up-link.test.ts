import type { SignUpStatement } from "@atrium/identity/contract";
import { encode } from "next-auth/jwt";
import { expect, it } from "vitest";
import { claimsFrom } from "./session.ts";
import { openSignUp, sealSignUp } from "./sign-up-link.ts";

const secret = "Qm7vXk2pRt9sLw4yHd6jBf1gNc8zTa3e";
const signUp: SignUpStatement = { company: "Acme", slug: "acme", name: "Asha Rao", email: "asha@acme.test", plan: "starter", tenantId: `ten_${"0".repeat(22)}` };

it("a link says what was typed, and nobody can read it on the way", async () => {
  const token = await sealSignUp(signUp, secret);
  expect(await openSignUp(token, secret)).toEqual(signUp);
  expect(Buffer.from(token.replaceAll(".", ""), "base64url").toString("latin1")).not.toContain("asha");
});

it.each([
  ["one letter of it was changed", async () => (await sealSignUp(signUp, secret)).replace(/.(?=.{10}$)/, (letter) => (letter === "A" ? "B" : "A"))],
  ["it was cut short", async () => (await sealSignUp(signUp, secret)).slice(0, -5)],
  ["it was made with another secret", () => sealSignUp(signUp, "another-secret-of-thirty-two-chars")],
  ["it is more than a day old", () => encode({ token: { signUp }, secret, salt: "sign-up", maxAge: -60 })],
  ["it is a session's token", () => encode({ token: { signUp }, secret })],
  ["it speaks of no company that can be", () => encode({ token: { signUp: { ...signUp, slug: "admin" } }, secret, salt: "sign-up" })],
  ["it names an id of another kind", () => encode({ token: { signUp: { ...signUp, tenantId: "ten_1" } }, secret, salt: "sign-up" })],
  ["it is nothing at all", () => Promise.resolve("nonsense")],
])("a link does not open when %s", async (_what, make) => {
  expect(await openSignUp(await make(), secret)).toBeUndefined();
});

it("a link opens no company's door: it is no session", async () => {
  const claims = { sessionId: "ses_0001", tenantId: signUp.tenantId, tenantSlug: "acme", epoch: 0 };
  expect(await claimsFrom(await encode({ token: { claims }, secret, salt: "sign-up" }), secret)).toBeUndefined();
});
