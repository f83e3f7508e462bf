"use client";

import { formatMoney } from "@atrium/kernel";
import type { PayExplanation } from "@atrium/payroll/contract";
import { useTranslations } from "next-intl";

/** Says in a sentence how an amount came about. */
export function useExplanation(): (explanation: PayExplanation) => string {
  const t = useTranslations("payroll.explanations");
  return (explanation) => {
    switch (explanation.kind) {
      case "prorated": {
        const { fullMinor, paidHalfDays, monthHalfDays } = explanation;
        if (paidHalfDays === monthHalfDays) return t("full");
        return t("prorated", { full: formatMoney(fullMinor), paid: paidHalfDays / 2, month: monthHalfDays / 2 });
      }
      case "share": {
        const { percent, wageMinor, ceilingMinor, baseMinor } = explanation;
        const words = { percent, base: formatMoney(baseMinor), ceiling: formatMoney(ceilingMinor), wage: formatMoney(wageMinor) };
        return t(wageMinor > ceilingMinor ? "capped" : "share", words);
      }
      case "slab":
        return t("slab", { state: explanation.state, income: formatMoney(explanation.incomeMinor) });
    }
  };
}
