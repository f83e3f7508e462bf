import { encode } from "next-auth/jwt";
import { expect, it } from "vitest";
import { tokenReader } from "./session-token.ts";

const secret = "Qm7vXk2pRt9sLw4yHd6jBf1gNc8zTa3e";
const claims = { tenantSlug: "acme", tenantId: "ten_acme", sessionId: "ses_0001", epoch: 0 };
const cookie = (token: object, maxAge = 3_600) => encode({ token: { ...token }, secret, maxAge });

it("a session is read out of its cookie, and at once when it is shown again within the minute", async () => {
  const clock = { now: Date.now() };
  const read = tokenReader(secret, () => clock.now);
  const shown = await cookie({ claims: { ...claims, userId: "mem_0001" } });
  const session = { tenantSlug: "acme", tenantId: "ten_acme", sessionId: "ses_0001", userId: "mem_0001" };
  expect(await read(shown)).toEqual(session);
  expect(read(shown)).toEqual(session);
  clock.now += 60_000;
  expect(read(shown)).toBeInstanceOf(Promise);
});

it("nothing of a token is remembered beyond its own end", async () => {
  const clock = { now: Date.now() };
  const read = tokenReader(secret, () => clock.now);
  const shown = await cookie({ claims }, 30);
  expect(await read(shown)).toMatchObject({ sessionId: "ses_0001" });
  clock.now += 31_000;
  expect(await read(shown)).toBeUndefined();
});

it("whoever has no name of their own in an older token is told apart by the session", async () => {
  expect(await tokenReader(secret)(await cookie({ claims }))).toMatchObject({ userId: "ses_0001" });
});

it("what is no session of this house is none, however often it is shown", async () => {
  const read = tokenReader(secret);
  const strange = await encode({ token: { claims }, secret: "another secret that is long enough" });
  const ofTheHouse = await encode({ token: { claims }, secret, salt: "atrium-house" });
  const { tenantId: _left, ...withoutCompany } = claims;
  for (const shown of [undefined, "", "nonsense", strange, ofTheHouse, await cookie({}), await cookie({ claims: withoutCompany }), await cookie({ claims: "text" })]) {
    expect([await read(shown), await read(shown)]).toEqual([undefined, undefined]);
  }
});

it("a flood of sessions fills no memory: the oldest are read anew", async () => {
  const read = tokenReader(secret, Date.now, 3);
  const first = await cookie({ claims });
  await read(first);
  expect(read(first)).not.toBeInstanceOf(Promise);
  for (const sessionId of ["ses_0002", "ses_0003", "ses_0004"]) await read(await cookie({ claims: { ...claims, sessionId } }));
  expect(read(first)).toBeInstanceOf(Promise);
});
