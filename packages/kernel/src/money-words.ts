import type { Paise } from "./money.ts";

const upToNineteen =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" ");
const tens = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
/** The Indian numbering: above a thousand it goes by hundreds, not by thousands. */
const units = [
  [10_000_000, "crore"],
  [100_000, "lakh"],
  [1_000, "thousand"],
  [100, "hundred"],
] as const;

function wordsOf(whole: number): string {
  const unit = units.find(([size]) => whole >= size);
  if (unit) {
    const [size, name] = unit;
    const rest = whole % size;
    return `${wordsOf(Math.floor(whole / size))} ${name}${rest > 0 ? ` ${wordsOf(rest)}` : ""}`;
  }
  if (whole < 20) return upToNineteen[whole] ?? "";
  const rest = whole % 10;
  return `${tens[Math.floor(whole / 10)] ?? ""}${rest > 0 ? `-${wordsOf(rest)}` : ""}`;
}

/** `Rupees one lakh twenty-three thousand four hundred fifty-six and seventy-eight paise only`. */
export function amountInWords(amount: Paise): string {
  const [rupees, paise] = [Math.floor(Math.abs(amount) / 100), Math.abs(amount) % 100];
  const words = `${wordsOf(rupees)}${paise > 0 ? ` and ${wordsOf(paise)} paise` : ""} only`;
  return `${amount < 0 ? "Minus rupees" : "Rupees"} ${words}`;
}
