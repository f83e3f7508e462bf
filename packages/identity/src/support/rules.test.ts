import { expect, it } from "vitest";
import { standingOf } from "./rules.ts";

const now = new Date("2026-11-20T09:30:00Z");
const later = new Date("2026-11-20T10:00:00Z");
const yesterday = new Date("2026-11-19T09:30:00Z");
const lastWeek = new Date("2026-11-13T09:29:59Z");

it.each([
  ["waits for a week", { status: "requested", requestedAt: yesterday, expiresAt: null }, "requested"],
  ["is over when nobody answered for a week", { status: "requested", requestedAt: lastWeek, expiresAt: null }, "over"],
  ["runs until its end", { status: "granted", requestedAt: yesterday, expiresAt: later }, "granted"],
  ["is over at its end", { status: "granted", requestedAt: yesterday, expiresAt: now }, "over"],
  ["is over without an end", { status: "granted", requestedAt: yesterday, expiresAt: null }, "over"],
  ["stays refused", { status: "refused", requestedAt: yesterday, expiresAt: later }, "refused"],
  ["stays ended", { status: "ended", requestedAt: yesterday, expiresAt: later }, "ended"],
])("a grant %s", (_name, grant, standing) => {
  expect(standingOf(grant, now)).toBe(standing);
});
