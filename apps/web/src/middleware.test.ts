import { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";
import { middleware } from "./middleware.ts";

const answerTo = (method: string, site: string | undefined, path = "/acme/api/people/imports") =>
  middleware(new NextRequest(`http://localhost${path}`, { method, headers: site === undefined ? {} : { "sec-fetch-site": site } }));

describe("what another site has a browser send", () => {
  it.each(["cross-site", "same-site"])("changes nothing, even with the person's cookies: %s", async (site) => {
    const answer = answerTo("POST", site);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toEqual({ error: { code: "request/cross-site", requestId: answer.headers.get("x-request-id") } });
  });

  it.each([
    ["POST", "same-origin"],
    // Whoever is no browser, such as the job server, says nothing and brings no one's cookies by accident.
    ["PUT", undefined],
    // A link in a mail leads in.
    ["GET", "cross-site"],
  ])("is told from our own pages' requests, from other programs' and from links: %s %s", (method, site) => {
    expect(answerTo(method, site).headers.get("x-middleware-next")).toBe("1");
  });
});
