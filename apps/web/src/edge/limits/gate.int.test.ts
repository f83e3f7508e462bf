import { fixedBuckets, publishLimits, quotaExceeded } from "@atrium/limits";
import { newId } from "@atrium/kernel";
import { encode } from "next-auth/jwt";
import { NextRequest } from "next/server";
import { describe, expect, inject, it } from "vitest";
import { gate } from "../gate.ts";
import { houseAddress } from "../hosts.ts";

const secret = "Qm7vXk2pRt9sLw4yHd6jBf1gNc8zTa3e";
const redis = { url: inject("restUrl"), token: inject("restToken"), budgetMs: 10_000 };
const gone = { url: "http://127.0.0.1:1", token: "no-token-of-anybody" };
const gateAt = (door: typeof redis | typeof gone) => gate({ isDevelopment: false, isHttps: false, house: houseAddress("http://localhost", undefined), secret, redis: door }, "http://127.0.0.1:1");
const answer = gateAt(redis);

let addresses = 0;
/** An address that no other test calls from. */
const newAddress = (): string => `198.51.${String(Math.floor((addresses += 1) / 250))}.${String(1 + (addresses % 250))}-${newId("run", Date.now())}`;

interface Sent {
  readonly method?: string;
  readonly cookie?: string;
  readonly address?: string;
  readonly body?: string;
  readonly type?: string;
}

function send(path: string, { method = "GET", cookie = "", address = newAddress(), body, type = "application/json" }: Sent = {}, at = answer) {
  const headers = { host: "localhost", cookie, "x-forwarded-for": address, "x-request-id": "req-test-0001", ...(body !== undefined && { "content-type": type }) };
  return at(new NextRequest(`http://localhost${path}`, { method, headers, ...(body !== undefined && { body }) }));
}

/** A company with so many requests a minute, and the cookies of two of its people. */
async function company(perMinute = 60) {
  const tenantId = newId("ten", Date.now());
  const slug = tenantId.replaceAll("_", "-").slice(0, 38);
  await publishLimits(redis, tenantId, { perMinute, perHour: 100_000, version: 1 });
  const cookieOf = async (userId: string) => `atrium-session-${slug}=${await encode({ token: { claims: { tenantId, tenantSlug: slug, sessionId: `ses_${userId}`, userId } }, secret })}`;
  return { tenantId, slug, cookie: await cookieOf("mem_1"), another: await cookieOf("mem_2"), me: `/${slug}/api/trpc/identity.session.me` };
}

const hasPassed = (response: Response): boolean => response.headers.has("x-middleware-next");
async function passedOf(count: number, one: () => Promise<Response>): Promise<number> {
  return (await Promise.all(Array.from({ length: count }, one))).filter(hasPassed).length;
}

describe("a member's requests", () => {
  it("say in every answer what is left", async () => {
    const { me, cookie } = await company();
    const { headers } = await send(me, { cookie });
    expect(headers.get("ratelimit-policy")).toBe('"minute";q=60;w=60, "hour";q=100000;w=3600, "user";q=30;w=60');
    expect(headers.get("ratelimit")).toMatch(/^"minute";r=59;t=\d+, "hour";r=99999;t=\d+, "user";r=29;t=\d+$/);
    expect(headers.has("retry-after")).toBe(false);
  });

  it("are refused beyond the company's share, with the problem, the time to wait and the house's own code", async () => {
    const { me, cookie } = await company(2);
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(me, { cookie })));
    const refused = answers.find((one) => !hasPassed(one));
    expect(answers.filter(hasPassed)).toHaveLength(2);
    expect([refused?.status, refused?.headers.get("content-type")]).toEqual([429, "application/problem+json"]);
    const seconds = Number(refused?.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(20);
    expect(seconds).toBeLessThanOrEqual(30);
    for (const [, wait] of (refused?.headers.get("ratelimit") ?? "").matchAll(/r=0;t=(\d+)/g)) expect(Number(wait)).toBeLessThanOrEqual(seconds);
    const app = { code: expect.stringMatching(/^limits\/(tenant-minute|user)$/), requestId: "req-test-0001", params: { seconds } };
    expect(await refused?.json()).toEqual({
      type: quotaExceeded, title: "Too many requests", status: 429, detail: expect.stringContaining(`Wait ${String(seconds)} s`), "violated-policies": ["minute", "user"],
      error: { message: app.code, code: -32_000, data: { httpStatus: 429, app } },
    });
  });

  it("of a batch of reads are one, and of a batch of writes so many", async () => {
    const { slug, cookie } = await company();
    const left = (response: Response) => Number(/"minute";r=(\d+)/.exec(response.headers.get("ratelimit") ?? "")?.[1]);
    const names = Array.from({ length: 10 }, () => "people.employee.update").join(",");
    expect(left(await send(`/${slug}/api/trpc/${names}?batch=1`, { cookie }))).toBe(59);
    expect(left(await send(`/${slug}/api/trpc/${names}?batch=1`, { cookie, method: "POST", body: "{}" }))).toBe(49);
  });

  it("in a batch of more than ten are no request, for a procedure's client as for a page", async () => {
    const { slug, cookie } = await company();
    const refused = await send(`/${slug}/api/trpc/${Array.from({ length: 11 }, () => "a.b").join(",")}?batch=1`, { cookie });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ status: 400, error: { data: { app: { code: "limits/batch-too-large" } } } });
  });

  it("leave the others their share: one of them cannot use up the company's", async () => {
    const { me, cookie, another } = await company(40);
    expect(await passedOf(40, () => send(me, { cookie }))).toBe(20);
    expect(await passedOf(5, () => send(me, { cookie: another }))).toBe(5);
  });

  it("for heavy work stop sooner, and only for that work", async () => {
    const { slug, me, cookie } = await company(1_000);
    const upload = () => send(`/${slug}/api/people/imports`, { cookie, method: "POST", body: "code,name" });
    expect(await passedOf(4, upload)).toBe(2);
    expect(await (await upload()).json()).toMatchObject({ "violated-policies": ["import"], error: { code: "limits/heavy" } });
    expect(hasPassed(await send(me, { cookie }))).toBe(true);
  });

  it("for pages draw on none of the company's requests", async () => {
    const { slug, me, cookie } = await company(2);
    for (let count = 0; count < 5; count += 1) expect((await send(`/${slug}/people`, { cookie })).headers.get("ratelimit-policy")).toBe('"page";q=600;w=60');
    expect(hasPassed(await send(me, { cookie }))).toBe(true);
  });
});

const ofAddress = fixedBuckets.address.capacity;

describe("whoever shows no session of a company", () => {
  it("draws on nothing of it: by no cookie, a forged one, another company's or an older one of its own", async () => {
    const [victim, other] = [await company(2), await company()];
    const forged = await encode({ token: { claims: { tenantId: victim.tenantId, tenantSlug: victim.slug, sessionId: "s", userId: "u" } }, secret: "another secret that is long enough" });
    const over = await encode({ token: { claims: { tenantId: victim.tenantId, tenantSlug: victim.slug, sessionId: "s", userId: "u" } }, secret, maxAge: -60 });
    const cookies = ["", `atrium-session-${victim.slug}=${forged}`, `atrium-session-${victim.slug}=${over}`, other.cookie, other.cookie.replace(other.slug, victim.slug)];
    for (const cookie of cookies) {
      for (let count = 0; count < 3; count += 1) expect((await send(victim.me, { cookie })).headers.get("ratelimit-policy"), cookie).toBe(`"address";q=${String(ofAddress)};w=60`);
    }
    expect((await send(victim.me, { cookie: victim.cookie })).headers.get("ratelimit")).toContain('"minute";r=1;');
  });

  it("has a bucket for each address, and one for a whole network of the newer kind", async () => {
    const { me } = await company();
    const address = newAddress();
    const passed = await passedOf(ofAddress + 40, () => send(me, { address }));
    expect(passed).toBeGreaterThanOrEqual(ofAddress);
    expect(passed).toBeLessThan(ofAddress + 40);
    expect(hasPassed(await send(me, { address: newAddress() }))).toBe(true);
    const network = `2001:db8:${Math.floor(Math.random() * 65_535).toString(16)}:7`;
    let host = 0;
    expect(await passedOf(ofAddress + 40, () => send(me, { address: `${network}::${String((host += 1))}` }))).toBeLessThan(ofAddress + 40);
  });
});

describe("signing in", () => {
  const credentials = (slug: string, email: string, address: string, at = answer) =>
    send(`/${slug}/api/auth/callback/credentials`, { method: "POST", address, body: new URLSearchParams({ email, password: "x" }).toString(), type: "application/x-www-form-urlencoded" }, at);

  it("is tried ten times a minute with one account from one network, in whatever letters it is written", async () => {
    const [{ slug }, address] = [await company(), newAddress()];
    const ways = ["asha@acme.test", "ASHA@acme.test", " asha@acme.test "];
    let count = 0;
    expect(await passedOf(20, () => credentials(slug, ways[(count += 1) % 3] ?? "", address))).toBe(10);
    const refused = await credentials(slug, "asha@acme.test", address);
    expect(await refused.json()).toMatchObject({ status: 429, "violated-policies": ["account"], error: { code: "limits/account" } });
    // Others can still come in from there, and this person from elsewhere.
    expect(hasPassed(await credentials(slug, "vikram@acme.test", address))).toBe(true);
    expect(hasPassed(await credentials(slug, "asha@acme.test", newAddress()))).toBe(true);
  });

  it("is counted by the account that is tried, not by a session that is shown with it", async () => {
    const [{ slug, cookie }, address] = [await company(), newAddress()];
    const tried = () => send(`/${slug}/api/auth/callback/credentials`, { method: "POST", cookie, address, body: "email=asha@acme.test", type: "application/x-www-form-urlencoded" });
    expect(await passedOf(20, tried)).toBe(10);
  });

  it("is not let in with a body that has no end", async () => {
    const { slug } = await company();
    const refused = await credentials(slug, "a".repeat(20_000), newAddress());
    expect([refused.status, await refused.json()]).toEqual([413, { error: { code: "request/too-large", requestId: "req-test-0001" } }]);
  });

  it("and all that guesses a secret answers 503 while nobody can count, while reads and pages go on", async () => {
    const [{ slug, me, cookie }, at] = [await company(), gateAt(gone)];
    const refused = await credentials(slug, "asha@acme.test", newAddress(), at);
    expect([refused.status, refused.headers.get("content-type"), Number(refused.headers.get("retry-after")) > 0]).toEqual([503, "application/problem+json", true]);
    expect(await refused.json()).toMatchObject({ status: 503, error: { code: "limits/unavailable", params: { seconds: expect.any(Number) } } });
    expect((await send(`/${slug}/api/people/export`, { cookie }, at)).status).toBe(503);
    expect(hasPassed(await send(me, { cookie }, at))).toBe(true);
    expect(hasPassed(await send(`/${slug}/people`, { cookie }, at))).toBe(true);
  });
});

it("a page that is refused is a page: with the sentence, and loaded again by itself when the time is over", async () => {
  const [{ slug }, address] = [await company(), newAddress()];
  const answers = await Promise.all(Array.from({ length: fixedBuckets.page.capacity + 100 }, () => send(`/${slug}/sign-in`, { address })));
  const refused = answers.find(({ status }) => status === 429);
  const seconds = refused?.headers.get("retry-after") ?? "none";
  expect(refused?.headers.get("content-type")).toContain("text/html");
  const text = await refused?.text();
  expect(text).toContain(`<meta http-equiv="refresh" content="${seconds}">`);
  expect(text).toContain(`Wait ${seconds} s`);
});
