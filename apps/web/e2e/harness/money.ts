/** Whole paise from an amount as it stands on the screen: `₹1,23,456.00`, negative in parentheses. */
export function paise(text: string): number {
  const parts = /^(\()?₹([\d,]+)\.(\d{2})\)?$/.exec(text.trim());
  if (parts === null) throw new Error(`"${text}" is no amount of money.`);
  const [, isNegative, rupees = "", rest = ""] = parts;
  const amount = Number(rupees.replaceAll(",", "")) * 100 + Number(rest);
  return isNegative === undefined ? amount : -amount;
}

export const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
