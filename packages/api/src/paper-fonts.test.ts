import { describe, expect, it } from "vitest";
import { facesFor, runsOf } from "./paper-fonts.ts";

describe("a text, split by the fonts that can draw it", () => {
  it.each([
    ["", [["regular", ""]]],
    ["Asha Rao, ₹ 1,00,000", [["regular", "Asha Rao, ₹ 1,00,000"]]],
    ["आशा राव", [["devanagari", "आशा राव"]]],
    ["Asha राव", [["regular", "Asha "], ["devanagari", "राव"]]],
    ["राव (Asha)", [["devanagari", "राव "], ["regular", "(Asha)"]]],
    // The joiner inside the conjunct is drawn by no font, and may not tear it apart.
    ["क्‍ष", [["devanagari", "क्‍ष"]]],
    ["ಆಶಾ", [["kannada", "ಆಶಾ"]]],
    ["அருண்", [["tamil", "அருண்"]]],
    ["శ్రీనివాస్", [["telugu", "శ్రీనివాస్"]]],
    ["আশা", [["bengali", "আশা"]]],
    // The font has both signs, and no way to put them together.
    ["அஇஂஅ", [["tamil", "அ"], ["regular", "□"], ["tamil", "அ"]]],
    ["Asha 👩‍💻 Rao", [["regular", "Asha □ Rao"]]],
    ["愛", [["regular", "□"]]],
  ])("%s", (text, runs) => {
    expect(runsOf(text, facesFor("regular")).map(({ font, text: part }) => [font, part])).toEqual(runs);
  });

  it("keeps the weight that was asked for where the font has the letter", () => {
    expect(runsOf("Acme 🏢", facesFor("strong"))).toEqual([{ font: "strong", text: "Acme □" }]);
  });
});
