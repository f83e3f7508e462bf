/*
 * A check digit after Jacobus Verhoeff, as an Aadhaar number has it: it finds every single wrong digit and every two that
 * changed places. The tables are multiplication in the dihedral group of ten elements, and a permutation for each place.
 */

const products = [
  "0123456789", "1234067895", "2340178956", "3401289567", "4012395678", "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
];
const permutations = ["0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258"];

const at = (rows: readonly string[], row: number, column: number): number => Number(rows[row]?.[column]);

/** The check of a number whose digits are counted from the right; `from` is the place of its last one. */
function checkOf(digits: string, from: number): number {
  let check = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits.at(-1 - place));
    check = at(products, check, at(permutations, (place + from) % 8, digit));
  }
  return check;
}

/** Whether a number of digits ends in its own check digit. */
export const hasCheckDigit = (digits: string): boolean => checkOf(digits, 0) === 0;

/** The digit to put behind a number, so that it has one. */
export const checkDigitOf = (digits: string): number => "0432156789".indexOf(String(checkOf(digits, 1)));
