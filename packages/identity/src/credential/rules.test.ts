import { describe, expect, it } from "vitest";
import { isBreached } from "./breached.ts";
import { refusePassword } from "./rules.ts";

const asha = { name: "Asha Rao", email: "asha.rao@acme.test", companySlug: "acme-stores", companyName: "Acme Stores" };
const verdict = (password: string) => refusePassword(password, asha, isBreached);
const verdicts = (passwords: readonly string[]) => Object.fromEntries(passwords.map((password) => [password, verdict(password)]));
const all = (passwords: readonly string[], expected: string | undefined) => Object.fromEntries(passwords.map((password) => [password, expected]));

describe("a password", () => {
  it("has at least twelve signs, whatever they are, and at most two hundred", () => {
    expect(verdict("tufted hero")).toBe("password/too-short");
    expect(verdict("tufted heron")).toBeUndefined();
    expect(verdict("नदी किनारे")).toBe("password/too-short");
    const sentence = "a heron stood by the mill while nobody was looking at it ".repeat(4);
    expect(verdict(sentence.slice(0, 200))).toBeUndefined();
    expect(verdict(sentence.slice(0, 201))).toBe("password/too-long");
  });

  it("counts signs, not what a computer keeps them in", () => {
    expect(verdict("🦉🌾🪁🦚🌊🪴🎐🧵")).toBe("password/too-short");
    expect(verdict("🦉🌾🪁🦚🌊🪴🎐🧵🫖🦜🪔🎏")).toBeUndefined();
  });

  it("needs no capital, no digit and no sign, and may have blanks and any script", () => {
    const fine = ["violet lamp over harbour", "correct horse battery staple", "VioletLamp73harbour", "नदी किनारे तीन बगुले खड़े थे", "тихий двор за рекой", "7391-kettle-0482-moss", "a quiet courtyard"];
    expect(verdicts(fine)).toEqual(all(fine, undefined));
  });

  it("is the same however its signs were composed", () => {
    expect(verdict("ｐａｓｓｗｏｒｄ１２３４")).toBe("password/breached");
  });
});

describe("a breached password", () => {
  it("is refused as it stands, and with what people put round it", () => {
    const listed = ["passwordpassword", "password1234", "Password2026!", "P@ssw0rd2026!!", "!!!!letmein!!!!", "dragon20261120", "iloveyou-iloveyou-iloveyou", "welcome to 26", "football  9999", "BASEBALL_2026"];
    expect(verdicts(listed)).toEqual(all(listed, "password/breached"));
  });

  it("does no harm within a sentence", () => {
    expect(verdict("my password is a heron")).toBeUndefined();
    expect(verdict("dragon over the mill")).toBeUndefined();
  });
});

describe("runs and repetitions", () => {
  it("are refused", () => {
    const dull = ["aaaaaaaaaaaa", "abababababab", "abcdefghijklmnop", "qwertyuiopasdfgh", "poiuytrewqlkjhgf", "1qazxsw23edcvfr4", "123456789012", "111111222222", "abc123abc123abc123", "!@#$%^&*()_+", "            "];
    expect(verdicts(dull)).toEqual(all(dull, "password/monotonous"));
  });
});

describe("what anybody knows of the owner", () => {
  it("does not make a password: their name, their address, their company", () => {
    const personal = ["asharao123456", "Asha.Rao.2026", "acme-stores-26", "AcmeStores2026!", "rao asha rao asha", "acmepassword1", "Asha@Acme2026"];
    expect(verdicts(personal)).toEqual(all(personal, "password/personal"));
  });

  it("does no harm within a sentence", () => {
    expect(verdict("asha paints the harbour")).toBeUndefined();
  });
});
