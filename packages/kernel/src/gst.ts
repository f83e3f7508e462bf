/** A state or union territory as the goods and services tax numbers it. */
export interface GstState {
  /** Two digits, the first two of every GSTIN registered there. */
  readonly code: string;
  readonly name: string;
  /**
   * The tax on a supply within it is Union territory tax instead of State tax: section 2(8) of the UTGST Act, 2017. Delhi,
   * Puducherry and Jammu and Kashmir have legislatures and levy State tax.
   */
  readonly isUnionTerritory: boolean;
}

const state = (code: string, name: string): GstState => ({ code, name, isUnionTerritory: false });
const union = (code: string, name: string): GstState => ({ code, name, isUnionTerritory: true });

/**
 * The state codes of the GST portal. Two of the numbers up to 38 are withdrawn and lead nowhere: 25 (Daman and Diu, one with 26
 * since 2020) and 28 (Andhra Pradesh before its division, now 37).
 */
export const gstStates: readonly GstState[] = [
  state("01", "Jammu and Kashmir"), state("02", "Himachal Pradesh"), state("03", "Punjab"), union("04", "Chandigarh"),
  state("05", "Uttarakhand"), state("06", "Haryana"), state("07", "Delhi"), state("08", "Rajasthan"), state("09", "Uttar Pradesh"),
  state("10", "Bihar"), state("11", "Sikkim"), state("12", "Arunachal Pradesh"), state("13", "Nagaland"), state("14", "Manipur"),
  state("15", "Mizoram"), state("16", "Tripura"), state("17", "Meghalaya"), state("18", "Assam"), state("19", "West Bengal"),
  state("20", "Jharkhand"), state("21", "Odisha"), state("22", "Chhattisgarh"), state("23", "Madhya Pradesh"), state("24", "Gujarat"),
  union("26", "Dadra and Nagar Haveli and Daman and Diu"), state("27", "Maharashtra"), state("29", "Karnataka"), state("30", "Goa"),
  union("31", "Lakshadweep"), state("32", "Kerala"), state("33", "Tamil Nadu"), state("34", "Puducherry"),
  union("35", "Andaman and Nicobar Islands"), state("36", "Telangana"), state("37", "Andhra Pradesh"), union("38", "Ladakh"),
  union("97", "Other Territory"),
];

/** The state with this code; undefined when there is none. */
export const gstStateOf = (code: string): GstState | undefined => gstStates.find((one) => one.code === code);

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/**
 * The check character of a GSTIN's first fourteen: each in base 36 times 1 and 2 in turn, quotient and remainder by 36 added up,
 * and what is missing to the next multiple of 36.
 */
export function gstinCheckCharacter(first14: string): string {
  const sum = Array.from(first14).reduce((total, character, index) => {
    const product = digits.indexOf(character) * (index % 2 === 0 ? 1 : 2);
    return total + Math.floor(product / 36) + (product % 36);
  }, 0);
  return digits.charAt((36 - (sum % 36)) % 36);
}

/** What can be wrong with a GSTIN, from its first character to its last. */
export type GstinFault = "length" | "state" | "pan" | "entity" | "z" | "check";

/**
 * What is wrong with a GSTIN, written in capitals: 15 characters, a state's code, a PAN whose fourth letter names a kind of
 * holder, the number of the registration in that state (1 to 9, then A to Z), a Z, and the check character.
 */
export function faultOfGstin(gstin: string): GstinFault | undefined {
  const wrong: readonly (readonly [GstinFault, boolean])[] = [
    ["length", !/^[0-9A-Z]{15}$/.test(gstin)],
    ["state", gstStateOf(gstin.slice(0, 2)) === undefined],
    ["pan", !/^[A-Z]{3}[ABCEFGHJLPT][A-Z][0-9]{4}[A-Z]$/.test(gstin.slice(2, 12))],
    ["entity", !/^[1-9A-Z]$/.test(gstin.charAt(12))],
    ["z", gstin.charAt(13) !== "Z"],
    ["check", gstinCheckCharacter(gstin.slice(0, 14)) !== gstin.charAt(14)],
  ];
  return wrong.find(([, isWrong]) => isWrong)?.[0];
}
