import type { Cause, DifferenceKind, PayslipFacts } from "./contract.ts";

type PaidMonth = Pick<PayslipFacts, "salary" | "days">;

/** One employee in two months. */
export interface Comparison {
  readonly kind: DifferenceKind;
  readonly before: PaidMonth | null;
  readonly after: PaidMonth | null;
  /** Already worked here in the month before. */
  readonly wasEmployed: boolean;
  /** Has left before this month began. */
  readonly hasLeft: boolean;
}

/** Why somebody's net pay differs between two months; several may hold at once. */
export function causesOf({ kind, before, after, wasEmployed, hasLeft }: Comparison): Cause[] {
  if (kind === "new") return [wasEmployed ? "left-out" : "joiner"];
  if (kind === "gone") return [hasLeft ? "leaver" : "left-out"];
  if (!before || !after) return [];
  const found: Cause[] = [];
  if (rateOf(before) !== rateOf(after)) found.push("salary");
  if (before.days.lossOfPayHalfDays > 0 || after.days.lossOfPayHalfDays > 0) found.push("loss-of-pay");
  if (isPartMonth(before) || isPartMonth(after)) found.push("part-month");
  // With the same rate and full months, only the law's figures, or the month's own step of a tax, can differ.
  return found.length > 0 ? found : ["rule"];
}

const rateOf = ({ salary: { basicMinor, hraMinor, allowanceMinor, isPfMember } }: PaidMonth): string =>
  [basicMinor, hraMinor, allowanceMinor, isPfMember].join();

const isPartMonth = ({ days: { employedHalfDays, monthHalfDays } }: PaidMonth): boolean => employedHalfDays < monthHalfDays;
