import { describe, expect, it } from "vitest";
import { SignUp, timeZones } from "./contract.ts";
import { refuseDeletion, refuseStep } from "./rules.ts";

const now = new Date("2026-11-20T06:00:00Z");
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);

describe("a company", () => {
  const refused = (typed: string, exportedAt: Date | undefined) => refuseDeletion({ slug: "acme", typed, exportedAt, now });

  it("is deleted by whoever types its address name and has taken everything along within a day", () => {
    expect(refused("acme", daysAgo(0.9))).toBeUndefined();
    expect(refused("acme", daysAgo(1))).toBeUndefined();
  });

  it("is not deleted without an export, or with an old one, or under another name", () => {
    expect(refused("acme", undefined)).toBe("company/export-first");
    expect(refused("acme", daysAgo(1.001))).toBe("company/export-first");
    expect(refused("Acme", now)).toBe("company/slug-wrong");
    expect(refused("", now)).toBe("company/slug-wrong");
  });
});

describe("the steps of a company's life", () => {
  const active = { status: "active", kind: "company", deletedAt: null };
  const suspended = { ...active, status: "suspended" };
  const deleted = (days: number) => ({ ...active, status: "deleted", deletedAt: daysAgo(days) });

  it.each([
    ["suspend", active, undefined],
    ["suspend", suspended, "company/not-active"],
    ["suspend", deleted(1), "company/not-active"],
    ["resume", suspended, undefined],
    ["resume", active, "company/not-suspended"],
    ["resume", deleted(1), "company/not-suspended"],
    ["delete", active, undefined],
    ["delete", suspended, undefined],
    ["delete", deleted(1), "company/not-active"],
    ["restore", deleted(1), undefined],
    ["restore", deleted(30), undefined],
    ["restore", deleted(30.01), "company/deleted-too-long"],
    ["restore", active, "company/not-deleted"],
  ] as const)("%s of %o: %s", (act, standing, answer) => {
    expect(refuseStep(act, standing, now)).toBe(answer);
  });

  it.each(["suspend", "resume", "delete", "restore"] as const)("none is for the operators' own tenant: %s", (act) => {
    expect(refuseStep(act, { ...active, kind: "platform" }, now)).toBe("company/is-ours");
  });
});

describe("a sign-up", () => {
  const good = { company: "Acme", slug: "acme", name: "Asha Rao", email: "asha@acme.test", plan: "starter" };
  const codesOf = (change: Record<string, unknown>) => SignUp.safeParse({ ...good, ...change }).error?.issues.map(({ message }) => message);

  it("is taken as it is typed, without the blanks round it", () => {
    expect(SignUp.parse({ ...good, company: "  Acme ", slug: " acme " })).toEqual(good);
  });

  it.each([
    [{ slug: "ab" }, "company/slug-too-short"],
    [{ slug: "Acme" }, "company/slug-shape"],
    [{ slug: "асme" }, "company/slug-shape"],
    [{ slug: "admin" }, "company/slug-reserved"],
    [{ slug: "adrnin" }, "company/slug-look-alike"],
    [{ company: " " }, "company/name-missing"],
    [{ company: "x".repeat(121) }, "company/text-too-long"],
    [{ name: "" }, "company/your-name-missing"],
    [{ email: "asha" }, "company/email-invalid"],
    [{ email: `${"a".repeat(250)}@acme.test` }, "company/email-invalid"],
  ])("%o is refused with a code that has a sentence: %s", (change, code) => {
    expect(codesOf(change)).toEqual([code]);
  });

  it("has names of one line, so that no mail says more than the house wrote", () => {
    const { company, name } = SignUp.parse({ ...good, company: "Acme\r\nBcc: ravi@acme.test", name: "\u202eAsha\n\nRao" });
    expect([company, name]).toEqual(["Acme Bcc: ravi@acme.test", "Asha Rao"]);
  });

  it("has one of the plans", () => {
    expect(codesOf({ plan: "golden" })).toHaveLength(1);
  });
});

it.each(timeZones)("%s is a clock that can be read", (timeZone) => {
  expect(() => new Intl.DateTimeFormat("en", { timeZone })).not.toThrow();
});
