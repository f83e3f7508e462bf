import { encode } from "next-auth/jwt";
import { createServer } from "node:http";
import type { Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askHouse, openOrder, sealOrder } from "./house.ts";

const secret = "Qm7vXk2pRt9sLw4yHd6jBf1gNc8zTa3e";
const order = { tenantId: "ten_acme", buckets: ["minute"] };

describe("what the edge asks of the house", () => {
  it("can be read with the token of its own purpose alone", async () => {
    const token = await sealOrder("limits-alert", order, secret);
    expect(await openOrder(token, "limits-alert", secret)).toEqual(order);
    expect(await openOrder(token, "limits-refresh", secret)).toBeUndefined();
  });

  it("cannot be asked with a session's token, with another secret, or with one that is over", async () => {
    const session = await encode({ token: { purpose: "limits-alert", ...order, claims: {} }, secret });
    const strange = await sealOrder("limits-alert", order, "another secret that is long enough");
    // Clocks may differ by a quarter of a minute.
    const over = await encode({ token: { purpose: "limits-alert", ...order }, secret, salt: "atrium-house", maxAge: -20 });
    for (const token of ["", "nonsense", session, strange, over]) expect(await openOrder(token, "limits-alert", secret)).toBeUndefined();
  });

  it("names a company: a token without one asks for nothing", async () => {
    const token = await encode({ token: { purpose: "limits-refresh", buckets: [] }, secret, salt: "atrium-house", maxAge: 10 });
    expect(await openOrder(token, "limits-refresh", secret)).toBeUndefined();
  });
});

describe("the question itself", () => {
  const asked: { readonly path: string; readonly token: string }[] = [];
  let [status, origin] = [204, ""];
  const house: Server = createServer((request, response) => {
    asked.push({ path: `${request.method ?? ""} ${request.url ?? ""}`, token: (request.headers.authorization ?? "").replace("Bearer ", "") });
    response.writeHead(status).end();
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => house.listen(0, "127.0.0.1", resolve));
    const address = house.address();
    origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  });
  afterAll(() => {
    house.close();
  });

  it("is posted to the house's own doors", async () => {
    await askHouse(origin, secret).refresh("ten_acme");
    await askHouse(origin, secret).alert("ten_acme", ["hour"]);
    expect(asked.map(({ path }) => path)).toEqual(["POST /api/limits/refresh", "POST /api/limits/alert"]);
    expect(await openOrder(asked[1]?.token ?? "", "limits-alert", secret)).toEqual({ tenantId: "ten_acme", buckets: ["hour"] });
  });

  it("fails where the limits were not written, and not where nobody could be told", async () => {
    status = 503;
    await expect(askHouse(origin, secret).refresh("ten_acme")).rejects.toThrow("503");
    await expect(askHouse(origin, secret).alert("ten_acme", ["hour"])).resolves.toBeUndefined();
  });
});
