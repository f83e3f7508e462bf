import { describe, expect, it } from "vitest";
import { alertLetter, allowedIn, hourOf } from "./rules.ts";

const news = { tenantId: "ten_acme", company: "Acme Industries", slug: "acme", window: "hour", allowed: 1_000, index: 7 } as const;

describe("the mail about a limit that is nearly used", () => {
  it("says which window, how much of it is used and where something can be done", () => {
    const { subject, body } = alertLetter(news, "https://hr.example.test/acme/settings/billing", false);
    expect(subject).toBe("Acme Industries is close to its limit of requests within an hour");
    expect(body).toContain("has used 900 of the 1,000 requests that it may make within an hour");
    expect(body).toContain("choose a larger plan");
    expect(body).toContain("https://hr.example.test/acme/settings/billing");
  });

  it("tells an operator what an operator can do", () => {
    expect(alertLetter({ ...news, window: "minute", allowed: 30 }, "https://hr.example.test/operator/companies", true).body).toMatch(/27 of the 30 requests .* within a minute[\s\S]*give it more for a time/);
  });
});

it("an hour is the same for all its moments, and another after them", () => {
  const at = (text: string) => hourOf(new Date(`2026-11-20T${text}Z`));
  expect(at("10:59:59.999")).toBe(at("10:00:00.000"));
  expect(at("11:00:00.000")).toBe(at("10:00:00.000") + 1);
});

it("each window has its own size", () => {
  expect([allowedIn("minute", { perMinute: 60, perHour: 1_000 }), allowedIn("hour", { perMinute: 60, perHour: 1_000 })]).toEqual([60, 1_000]);
});
