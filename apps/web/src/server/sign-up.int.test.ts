import type { Delivery, Message } from "@atrium/api";
import { testDatabase } from "@atrium/db/testing";
import { newId } from "@atrium/kernel";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { POST as confirmRoute } from "../app/api/sign-up/confirm/route.ts";
import { POST as openRoute } from "../app/api/sign-up/open/route.ts";
import { POST as beginRoute } from "../app/api/sign-up/route.ts";
import { GET as slugRoute } from "../app/api/sign-up/slug/route.ts";
import { openTestRuntime } from "./testing/doors.ts";

const password = "nine lamps on the water";
let close: () => void;
let mails: Message[];
let deliver: () => Promise<Delivery>;

beforeAll(async () => {
  close = await openTestRuntime();
  const runtime = await globalThis.atriumRuntime;
  if (!runtime) throw new Error("There is no runtime.");
  const send = (message: Message): Promise<Delivery> => {
    mails.push(message);
    return deliver();
  };
  globalThis.atriumRuntime = Promise.resolve({ ...runtime, mail: { send } });
});
afterAll(() => close());
beforeEach(() => {
  mails = [];
  deliver = () => Promise.resolve("sent");
});

const freshSlug = (): string => newId("co", Date.now()).replace("_", "-");
const typed = (change: Readonly<Record<string, string>> = {}) => ({ company: "Acme", slug: freshSlug(), name: "Asha Rao", email: `${freshSlug()}@acme.test`, plan: "starter", ...change });

type Route = (request: NextRequest) => Promise<Response>;
const AnswerShape = z.object({ error: z.object({ code: z.string(), field: z.string().optional(), params: z.record(z.string(), z.unknown()).optional(), fields: z.unknown().optional() }) });

async function post(route: Route, body: unknown): Promise<Response> {
  return route(new NextRequest("http://localhost/api/sign-up", { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) }));
}
const refusalOf = async (answer: Response) => ({ status: answer.status, ...AnswerShape.parse(await answer.json()).error });
const tokenIn = ({ text = "" }: Partial<Message> = {}): string => /\/sign-up\/confirm#(\S+)/.exec(text)?.[1] ?? "";

async function linkFor(signUp: ReturnType<typeof typed>): Promise<string> {
  expect((await post(beginRoute, signUp)).status).toBe(202);
  return tokenIn(mails.at(-1));
}

const countTenants = async (): Promise<number> => {
  const [row] = await (await testDatabase()).withSystem((db) => db.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM tenant`);
  return row?.count ?? 0;
};

describe("a sign-up over HTTP", () => {
  it("sends a link to the mailbox alone, and keeps nothing", async () => {
    const before = await countTenants();
    const signUp = typed({ company: "Visit https://elsewhere.test now" });
    const answer = await post(beginRoute, signUp);
    expect(mails).toMatchObject([{ to: signUp.email, text: expect.stringContaining("http://localhost/sign-up/confirm#") }]);
    // Nobody sends others their own words in our name, and whoever asked is not given the link.
    expect(mails[0]?.text).not.toContain("elsewhere");
    expect(await answer.text()).toBe("{}");
    expect(await countTenants()).toBe(before);
  });

  it("shows what the link makes, makes it, and gives the browser a session that no script can read", async () => {
    const signUp = typed();
    const token = await linkFor(signUp);
    const preview = await post(openRoute, { token });
    expect(await preview.json()).toEqual({ ...signUp, isSlugTaken: false });
    const made = await post(confirmRoute, { token, password });
    expect(await made.json()).toEqual({ slug: signUp.slug });
    expect(made.headers.get("set-cookie")).toMatch(new RegExp(`^atrium-session-${signUp.slug}=[^;]+; Path=/; .*Max-Age=43200; HttpOnly; SameSite=lax$`));
  });

  it("that is confirmed once more leads to the company, and gives no session", async () => {
    const signUp = typed();
    const token = await linkFor(signUp);
    await post(confirmRoute, { token, password });
    const again = await post(confirmRoute, { token, password });
    expect(again.headers.get("set-cookie")).toBeNull();
    expect(await refusalOf(again)).toMatchObject({ status: 409, code: "sign-up/already-confirmed", params: { slug: signUp.slug } });
    expect(await refusalOf(await post(openRoute, { token }))).toMatchObject({ status: 409, code: "sign-up/already-confirmed" });
  });

  it("whose name somebody else took meanwhile says so and makes the company under another", async () => {
    const slug = freshSlug();
    const [first, second] = [await linkFor(typed({ slug })), await linkFor(typed({ slug }))];
    await post(confirmRoute, { token: first, password });
    expect(await (await post(openRoute, { token: second })).json()).toMatchObject({ isSlugTaken: true });
    expect(await refusalOf(await post(confirmRoute, { token: second, password }))).toMatchObject({ status: 409, code: "company/slug-taken", field: "slug" });
    const other = freshSlug();
    expect(await (await post(confirmRoute, { token: second, password, slug: other })).json()).toEqual({ slug: other });
  });

  it("says when the mail could not be sent, and when the mailbox does not exist", async () => {
    deliver = () => Promise.reject(new Error("The mail server is gone."));
    expect(await refusalOf(await post(beginRoute, typed()))).toMatchObject({ status: 503, code: "sign-up/mail-failed" });
    deliver = () => Promise.resolve("refused");
    expect(await refusalOf(await post(beginRoute, typed()))).toMatchObject({ status: 400, code: "sign-up/mail-refused", field: "email" });
  });

  it("floods nobody's mailbox", async () => {
    const { email } = typed();
    const statuses: number[] = [];
    for (let i = 0; i < 6; i += 1) statuses.push((await post(beginRoute, typed({ email: i % 2 === 0 ? email : email.toUpperCase() }))).status);
    expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
    expect(mails).toHaveLength(5);
  });
});

describe("what is no sign-up", () => {
  it.each([["a link that was cut short", { token: "abc", password }], ["no link", {}], ["no JSON", "<html>"], ["a list", []]])("is refused: %s", async (_what, body) => {
    expect((await post(confirmRoute, body)).status).toBe(400);
    expect((await post(openRoute, body)).status).toBe(400);
  });

  it("is refused when it is too long, field by field when something is wrong", async () => {
    expect((await post(beginRoute, { ...typed(), company: "x".repeat(20_000) })).status).toBe(413);
    expect(await refusalOf(await post(beginRoute, typed({ slug: "admin", email: "asha" })))).toMatchObject({
      status: 400,
      code: "request/invalid",
      fields: [{ field: "slug", code: "company/slug-reserved" }, { field: "email", code: "company/email-invalid" }],
    });
  });
});

it.each([
  ["acme-of-nobody", null],
  ["admin", "company/slug-reserved"],
  ["adrnin", "company/slug-look-alike"],
  ["Ac", "company/slug-shape"],
  ["", "company/slug-too-short"],
])("the address name %j: %s", async (name, problem) => {
  const answer = await slugRoute(new NextRequest(`http://localhost/api/sign-up/slug?name=${encodeURIComponent(name)}`));
  expect(await answer.json()).toEqual({ problem });
});
