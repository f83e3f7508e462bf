import { describe, expect, it } from "vitest";
import { faultOfGstin, gstinCheckCharacter, gstStateOf, gstStates } from "./gst.ts";

describe("a GSTIN", () => {
  it("ends in the check character of the others", () => {
    // 29AAACA0001A1Z by hand: 2·1 9·2 10·1 10·2 10·1 12·2 10·1 0 0 0 1·1 10·2 1·1 35·2→1+34 = 2+18+10+20+10+24+10+1+20+1+35 = 151; 151 mod 36 = 7; 36 − 7 = 29 = T.
    expect(gstinCheckCharacter("29AAACA0001A1Z")).toBe("T");
    // 0 and nothing to the next multiple of 36 is 0, not 36.
    expect(gstinCheckCharacter("00000000000000")).toBe("0");
  });

  it.each(["29AAACA0001A1ZT", "29AAACB0002B1ZP", "27AAACC0003C1ZP", "04AAACD0004D1ZT", "07AAACE0005E1ZJ"])("%s is taken", (gstin) => {
    expect(faultOfGstin(gstin)).toBeUndefined();
  });

  it.each([
    ["", "length"],
    ["29AAACA0001A1Z", "length"],
    ["29AAACA0001A1ZTT", "length"],
    ["29aaaca0001a1zt", "length"],
    ["29AAACA0001A1Z-", "length"],
    ["29AAACA0001A1Z٣", "length"],
    ["00AAACA0001A1ZT", "state"],
    ["39AAACA0001A1ZT", "state"],
    ["25AAACA0001A1ZT", "state"],
    ["28AAACA0001A1ZT", "state"],
    ["KAAAACA0001A1ZT", "state"],
    ["291AACA0001A1ZT", "pan"],
    ["29AAAXA0001A1ZT", "pan"],
    ["29AAACA000AA1ZT", "pan"],
    ["29AAACA000121ZT", "pan"],
    ["29AAACA0001A0ZT", "entity"],
    ["29AAACA0001A1YT", "z"],
    ["29AAACA0001A1ZS", "check"],
    // Two neighbours that changed places.
    ["29AAACA0010A1ZT", "check"],
  ])("%s is refused: %s", (gstin, fault) => {
    expect(faultOfGstin(gstin)).toBe(fault);
  });

  it("is told from one with any single character changed", () => {
    const right = "29AAACA0001A1ZT";
    const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const taken = Array.from(right).flatMap((character, at) =>
      Array.from(digits).filter((other) => other !== character && faultOfGstin(right.slice(0, at) + other + right.slice(at + 1)) === undefined),
    );
    expect(taken).toEqual([]);
  });
});

describe("the states", () => {
  it("are the 36 with the other territory, each with a code of its own", () => {
    expect(gstStates).toHaveLength(37);
    expect(new Set(gstStates.map(({ code }) => code)).size).toBe(37);
    expect(gstStateOf("29")?.name).toBe("Karnataka");
    expect(gstStateOf("99")).toBeUndefined();
  });

  it("levy Union territory tax where there is no legislature, and nowhere else", () => {
    expect(gstStates.filter(({ isUnionTerritory }) => isUnionTerritory).map(({ code }) => code)).toEqual(["04", "26", "31", "35", "38", "97"]);
  });
});
