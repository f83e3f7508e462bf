import { createServer, request as send } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { addressOf, isLoopback, readablePath, rectifyRequests } from "./address.ts";

const Seen = z.object({ url: z.string(), headers: z.record(z.string(), z.string()) });

/** Answers with what it was given, as a server behind the subscription sees it. */
const server = createServer((request, response) => {
  response.end(JSON.stringify({ url: request.url, headers: request.headers }));
});
const portOf = (address: AddressInfo | string | null): number => (typeof address === "object" && address !== null ? address.port : 0);

beforeAll(async () => {
  rectifyRequests(0);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.close();
});

async function seen(path: string, headers: IncomingHttpHeaders = {}) {
  const answer = await new Promise<string>((resolve, reject) => {
    const asked = send({ host: "127.0.0.1", port: portOf(server.address()), path, headers }, (response) => void text(response).then(resolve, reject));
    asked.once("error", reject);
    asked.end();
  });
  return Seen.parse(JSON.parse(answer));
}

describe("before anything reads a request", () => {
  it("its address is the socket's, whatever the client says", async () => {
    const { headers } = await seen("/", { "x-forwarded-for": "203.0.113.9", forwarded: "for=203.0.113.9", "x-real-ip": "203.0.113.9" });
    expect(headers["x-forwarded-for"]).toBe("127.0.0.1");
    expect(JSON.stringify(headers)).not.toContain("203.0.113.9");
  });

  it("what only the house may say of it is gone", async () => {
    const forged = { "x-tenant-id": "ten_globex", "x-tenant-claimed": "globex", "x-middleware-subrequest": "middleware", "x-middleware-rewrite": "/globex", "x-atrium-path": "/globex", "x-forwarded-host": "globex.test", "x-forwarded-proto": "https", "x-forwarded-port": "1" };
    const { headers } = await seen("/acme", { ...forged, accept: "text/html", cookie: "a=b" });
    expect(Object.keys(headers).sort()).toEqual(["accept", "connection", "cookie", "host", "x-forwarded-for", "x-request-id"]);
  });

  it("it has an id: its own where it is well formed, another otherwise", async () => {
    expect((await seen("/", { "x-request-id": "req-of-a-proxy-0001" })).headers["x-request-id"]).toBe("req-of-a-proxy-0001");
    for (const given of [{}, { "x-request-id": "<script>" }]) expect((await seen("/", given)).headers["x-request-id"]).toMatch(/^req-[0-9a-f-]{36}$/);
  });

  it("a whole address in the request line is a path, and its host the one that counts", async () => {
    const whole = await seen("http://evil.test/acme?a=b", { host: "hr.example.test" });
    expect([whole.url, whole.headers["host"]]).toEqual(["/acme?a=b", "evil.test"]);
    expect(await seen("http://evil.test")).toMatchObject({ url: "/", headers: { host: "evil.test" } });
    expect(await seen("http://evil.test?a")).toMatchObject({ url: "/?a", headers: { host: "evil.test" } });
  });

  it("a path that cannot be decoded is taken as it is written", async () => {
    expect((await seen("/acme%ff?next=%ff")).url).toBe("/acme%25ff?next=%ff");
  });
});

describe("the address of a caller", () => {
  it.each([
    ["without proxies the socket's", "198.51.100.7", "203.0.113.9", 0, "198.51.100.7"],
    ["behind one proxy the one it saw", "10.0.0.2", "203.0.113.9", 1, "203.0.113.9"],
    ["behind one proxy not the one that the client wrote", "10.0.0.2", "127.0.0.1, 203.0.113.9", 1, "203.0.113.9"],
    ["behind two the one that the outer saw", "10.0.0.2", "127.0.0.1, 203.0.113.9, 10.0.0.1", 2, "203.0.113.9"],
    ["the socket's when the chain is shorter than it should be", "10.0.0.2", "127.0.0.1", 2, "10.0.0.2"],
    ["the socket's when there is no chain", "10.0.0.2", undefined, 1, "10.0.0.2"],
    ["the socket's when a proxy wrote no address", "10.0.0.2", "unknown", 1, "10.0.0.2"],
    ["without the port that a proxy added", "10.0.0.2", "203.0.113.9:4711", 1, "203.0.113.9"],
    ["in brackets or without", "10.0.0.2", "[2001:db8::7]:4711", 1, "2001:db8::7"],
    ["as IPv4 where it is one", "::ffff:198.51.100.7", undefined, 0, "198.51.100.7"],
    ["unknown where there is no socket any more", undefined, "203.0.113.9", 0, "unknown"],
  ])("is %s", (_what, socket, forwarded, proxies, address) => {
    expect(addressOf(socket, forwarded, proxies)).toBe(address);
  });

  it("is this machine's own only on the loopback", () => {
    expect(["127.0.0.1", "127.9.9.9", "::1"].map(isLoopback)).toEqual([true, true, true]);
    expect(["10.0.0.1", "unknown", "127.0.0.1, 10.0.0.1", "127.0.0.1.evil.test"].map(isLoopback)).toEqual([false, false, false, false]);
  });
});

describe("a path", () => {
  it.each([
    ["/%", "/%25"],
    ["/acme/%zz?a=%", "/acme/%25zz?a=%"],
    ["/acme/%E0%A4%A", "/acme/%25E0%25A4%25A"],
    ["/acme/people?search=a%20b", "/acme/people?search=a%20b"],
    ["/acme/%E2%82%B9", "/acme/%E2%82%B9"],
  ])("is changed only when it cannot be decoded: %s", (given, readable) => {
    expect(readablePath(given)).toBe(readable);
  });
});
