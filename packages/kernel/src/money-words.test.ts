import { describe, expect, it } from "vitest";
import { amountInWords } from "./money-words.ts";

describe("an amount in words", () => {
  it.each([
    [0, "Rupees zero only"],
    [1_00, "Rupees one only"],
    [50, "Rupees zero and fifty paise only"],
    [19_00, "Rupees nineteen only"],
    [40_05, "Rupees forty and five paise only"],
    [100_00, "Rupees one hundred only"],
    [27_160_00, "Rupees twenty-seven thousand one hundred sixty only"],
    [1_23_456_78, "Rupees one lakh twenty-three thousand four hundred fifty-six and seventy-eight paise only"],
    [1_00_00_000_00, "Rupees one crore only"],
    [12_34_56_789_00, "Rupees twelve crore thirty-four lakh fifty-six thousand seven hundred eighty-nine only"],
    [-5_00, "Minus rupees five only"],
  ])("%i paise: %s", (amount, words) => {
    expect(amountInWords(amount)).toBe(words);
  });
});
