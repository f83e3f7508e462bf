import { formatMoney } from "@atrium/kernel";
import { classNames } from "./class-names.ts";

export interface MoneyProps {
  /** Whole paise. */
  readonly amount: number | bigint;
  readonly className?: string | undefined;
}

/** `₹1,23,456.00`; a negative amount stands in parentheses and in red. */
export function Money({ amount, className }: MoneyProps) {
  return (
    <span className={classNames("text-right whitespace-nowrap tabular-nums", amount < 0 && "text-danger", className)}>
      {formatMoney(amount)}
    </span>
  );
}
