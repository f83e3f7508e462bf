import { describe, expect, it } from "vitest";
import { digestOf, longestBody, mailboxIn } from "./mailbox.ts";

const form = "application/x-www-form-urlencoded";
const post = (body: BodyInit, type: string, query = "") => new Request(`http://localhost/acme/api/x${query}`, { method: "POST", body, headers: { "content-type": type } });

describe("the mailbox that somebody tries to come in with", () => {
  it.each([
    ["a form", "email=Asha%40acme.test&password=x", form, ""],
    ["a form with its character set", "email=+asha@acme.test+", `${form}; charset=UTF-8`, ""],
    ["a form that names two, as the door reads it", "email=other@acme.test&email=asha@acme.test", form, ""],
    ["JSON", '{"email":" ASHA@acme.test"}', "application/json", ""],
    ["JSON that names two, as the door reads it", '{"email":"other@acme.test","email":"asha@acme.test"}', "application/json", ""],
    ["JSON whose kind nobody told", '{"email":"asha@acme.test"}', "text/plain", ""],
    ["a batch of one", '{"0":{"email":"asha@acme.test"}}', "application/json", "?batch=1"],
    ["a batch of one beside a bait", '{"email":"other@acme.test","0":{"email":"asha@acme.test"}}', "application/json", "?batch=1"],
    ["a call that says it is a batch only the second time", '{"email":"asha@acme.test","0":{"email":"other@acme.test"}}', "application/json", "?batch=0&batch=1"],
    ["a call that only looks like a batch", '{"email":"asha@acme.test","0":{"email":"other@acme.test"}}', "application/json", "?batch=true"],
    ["letters that only look wider", '{"email":"ａsha@acme.test"}', "application/json", ""],
  ])("is read in %s", async (_what, body, type, query) => {
    expect(await mailboxIn(post(body, type, query), "input")).toEqual({ mailbox: "asha@acme.test", isTooLong: false });
  });

  it.each([
    ["a form", "email=asha@acme.test&password=x", form],
    ["JSON with a bait", '{"email":"asha@acme.test","0":{"email":"other@acme.test"}}', "application/json"],
  ])("is read in %s that says it is a batch to a door that knows none", async (_what, body, type) => {
    expect(await mailboxIn(post(body, type, "?batch=1"), "mailbox")).toEqual({ mailbox: "asha@acme.test", isTooLong: false });
  });

  it.each(["", "{", "null", "[]", '{"email":7}', '{"email":{"toString":"x"}}', '{"0":{"email":"asha@acme.test"}}'])("is none where the body names none: %j", async (body) => {
    expect(await mailboxIn(post(body, "application/json"), "input")).toEqual({ mailbox: undefined, isTooLong: false });
  });

  it("is not looked for in what is longer than any such body, whatever its beginning says", async () => {
    const padded = `email=other@acme.test&pad=${"x".repeat(longestBody)}&email=asha@acme.test`;
    expect(await mailboxIn(post(padded, form), "mailbox")).toEqual({ mailbox: undefined, isTooLong: true });
  });

  it("is read without taking the body away from the door behind", async () => {
    const request = post('{"email":"asha@acme.test","password":"walk through every room"}', "application/json");
    await mailboxIn(request, "mailbox");
    expect(await request.json()).toEqual({ email: "asha@acme.test", password: "walk through every room" });
  });
});

it("the digest of an account tells companies apart and cannot be read", async () => {
  const digest = await digestOf("acme", "asha@acme.test");
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(await digestOf("acme", "asha@acme.test")).toBe(digest);
  expect(await digestOf("globex", "asha@acme.test")).not.toBe(digest);
  expect(await digestOf("acmea", "sha@acme.test")).not.toBe(await digestOf("acme", "asha@acme.test"));
});
