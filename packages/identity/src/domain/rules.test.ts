import { describe, expect, it } from "vitest";
import { isOurs, refuseProof } from "./rules.ts";

describe("a name of our own", () => {
  it("is refused with all below and above it", () => {
    const ours = ["hr.example.in"];
    expect(["hr.example.in", "acme.hr.example.in", "example.in"].map((name) => isOurs(name, ours))).toEqual([true, true, true]);
    expect(["xhr.example.in", "hr.example.in.test", "acme.example"].map((name) => isOurs(name, ours))).toEqual([false, false, false]);
  });
});

describe("a proof", () => {
  it("holds beside other records, and for nothing but the whole text", () => {
    expect(refuseProof({ kind: "records", texts: ["v=spf1 -all", "atrium=1"] }, "atrium=1")).toBeUndefined();
    expect(refuseProof({ kind: "records", texts: ["atrium=12", "xatrium=1"] }, "atrium=1")).toBe("domain/proof-wrong");
  });

  it("is missing where there is no record, and unknown where nobody answers", () => {
    expect(refuseProof({ kind: "none" }, "atrium=1")).toBe("domain/proof-missing");
    expect(refuseProof({ kind: "records", texts: [] }, "atrium=1")).toBe("domain/proof-missing");
    expect(refuseProof({ kind: "silent" }, "atrium=1")).toBe("domain/dns-silent");
  });
});
