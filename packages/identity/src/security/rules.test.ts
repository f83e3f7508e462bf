import { describe, expect, it } from "vitest";
import { refusePolicy } from "./rules.ts";

const before = { requiresMfa: false, requiresSso: false, sessionMaxMinutes: 720, sessionIdleMinutes: 30 };
const sound = { hasOwnFactor: true, enabledConnections: 1, breakGlassOwners: 1 };

describe("a company's policy", () => {
  it.each([
    ["asks for a second factor when whoever asks has one", { requiresMfa: true }, {}, undefined],
    ["asks for none of who has none", { requiresMfa: true }, { hasOwnFactor: false }, "security/own-factor-missing"],
    ["asks for the provider when one is there and an owner can pass it", { requiresSso: true }, {}, undefined],
    ["asks for no provider that is not there", { requiresSso: true }, { enabledConnections: 0 }, "security/no-connection"],
    ["shuts no door that nobody could open", { requiresSso: true }, { breakGlassOwners: 0 }, "security/no-break-glass"],
    ["lets nobody idle longer than a session lasts", { sessionMaxMinutes: 20 }, {}, "security/idle-beyond-max"],
    ["is loosened by anybody who may change it", { sessionMaxMinutes: 1_440, sessionIdleMinutes: 60 }, { hasOwnFactor: false, enabledConnections: 0, breakGlassOwners: 0 }, undefined],
  ])("%s", (_name, change, standing, refused) => {
    expect(refusePolicy({ before, after: { ...before, ...change }, ...sound, ...standing })).toBe(refused);
  });

  it("is not judged anew for what it asks already", () => {
    const strict = { ...before, requiresMfa: true, requiresSso: true };
    expect(refusePolicy({ before: strict, after: { ...strict, sessionIdleMinutes: 10 }, hasOwnFactor: false, enabledConnections: 0, breakGlassOwners: 0 })).toBeUndefined();
  });
});
