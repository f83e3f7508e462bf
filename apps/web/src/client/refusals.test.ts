import { TRPCClientError } from "@trpc/client";
import { describe, expect, it } from "vitest";
import { asRefusal, isUnreachable, outcomePage, refusalOf, refusedProof } from "./refusals.ts";

describe("a refusal that came back in an address", () => {
  it("is its code", () => {
    expect(asRefusal("session/wrong-credentials").refusal).toEqual({ code: "session/wrong-credentials", params: {}, requestId: "" });
  });

  it("brings the values that its sentence names, numbers as numbers", () => {
    expect(asRefusal("session/too-many-tries?seconds=8").refusal).toMatchObject({ code: "session/too-many-tries", params: { seconds: 8 } });
    expect(asRefusal("session/second-factor-needed?kinds=totp+recovery").refusal.params).toEqual({ kinds: "totp recovery" });
  });
});

describe("a call that wants a proof of who the person is", () => {
  it("is refused as it was where nothing on the page can ask for one", async () => {
    const refused = asRefusal("session/step-up-required");
    expect(await refusedProof(refused)).toBe(refused);
  });

  it("is the only one that is asked about", async () => {
    const refused = asRefusal("permission/missing");
    expect(await refusedProof(refused)).toBe(refused);
  });

  it("that was given up is a refusal in words, and not taken for a server out of reach", () => {
    const error = TRPCClientError.from(asRefusal("session/step-up-cancelled"));
    expect(refusalOf(error)?.code).toBe("session/step-up-cancelled");
    expect(isUnreachable(error)).toBe(false);
  });
});

describe("a subscription that is over", () => {
  const over = asRefusal("subscription_expired");

  it("leads whoever may not read any more to the page that says so", () => {
    expect(outcomePage(over, true)).toBe("subscription");
  });

  it("throws nobody off a page that may still be read, because they tried to change it", () => {
    expect(outcomePage(over, false)).toBeUndefined();
  });

  it("is the only outcome in which the two differ", () => {
    expect([true, false].map((isRead) => outcomePage(asRefusal("tenant_suspended"), isRead))).toEqual(["suspended", "suspended"]);
  });
});
