import { describe, expect, it } from "vitest";
import { hasFactor, inFours, kindsOf, readCode, recoveryBytes, recoveryCodeFrom, stepOf } from "./rules.ts";

describe("a typed code", () => {
  it.each(["123456", " 123 456 ", "123-456"])("is read as the app's, however it is spaced: %j", (typed) => {
    expect(readCode(typed)).toEqual({ kind: "totp", text: "123456" });
  });

  it.each(["7K2M-9QXR-3T8W-AB1C", "7k2m9qxr3t8wab1c", "7K2M 9QXR 3T8W ABIC", "7K2M-9QXR-3T8W-ABLC"])("is read as a recovery code, with letters for look-alike signs: %j", (typed) => {
    expect(readCode(typed)).toEqual({ kind: "recovery", text: "7K2M9QXR3T8WAB1C" });
  });

  it.each(["", "12345", "1234567", "12345a", "٣٤٥٦٧٨", "7K2M-9QXR-3T8W-AB1", "7K2M-9QXR-3T8W-AB1CX", "7K2M-9QXR-3T8W-AB1U", "'; DROP TABLE--  "])("is none when it has not the shape of one: %j", (typed) => {
    expect(readCode(typed)).toBeUndefined();
  });
});

describe("a recovery code", () => {
  it("holds eighty bits, no sign that looks like another, and reads back as it is written", () => {
    expect(recoveryBytes * 8).toBe(80);
    expect(recoveryCodeFrom(new Uint8Array(recoveryBytes))).toBe("0000-0000-0000-0000");
    expect(recoveryCodeFrom(new Uint8Array(recoveryBytes).fill(255))).toBe("ZZZZ-ZZZZ-ZZZZ-ZZZZ");
    const code = recoveryCodeFrom(Uint8Array.of(1, 35, 69, 103, 137, 171, 205, 239, 1, 35));
    expect(readCode(code)).toEqual({ kind: "recovery", text: code.replaceAll("-", "") });
  });
});

it("a step is thirty seconds, counted from 1970", () => {
  expect(stepOf(new Date(29_999))).toBe(0);
  expect(stepOf(new Date(30_000))).toBe(1);
});

describe("the factors of a person", () => {
  const none = { hasTotp: false, passkeys: 0, recoveryCodesLeft: 0 };
  it("are asked for when there is an app or a passkey, and recovery codes stand in for those alone", () => {
    expect(kindsOf(none)).toEqual([]);
    expect(kindsOf({ ...none, recoveryCodesLeft: 10 })).toEqual([]);
    expect(hasFactor({ ...none, recoveryCodesLeft: 10 })).toBe(false);
    expect(kindsOf({ hasTotp: true, passkeys: 0, recoveryCodesLeft: 0 })).toEqual(["totp"]);
    expect(kindsOf({ hasTotp: true, passkeys: 2, recoveryCodesLeft: 1 })).toEqual(["totp", "passkey", "recovery"]);
  });
});

it("a long key stands in groups of four", () => {
  expect(inFours("ABCDEFGHIJ", " ")).toBe("ABCD EFGH IJ");
});
