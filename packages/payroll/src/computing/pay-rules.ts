import { daysBetween, daysInMonth, firstDay, lastDay, share, sumPaise } from "@atrium/kernel";
import type { Paise, YearMonth } from "@atrium/kernel";
import type { PayDays, PayInput, PayLine, PaySums, RuleVersion } from "./contract.ts";
import { professionalTax, providentFund } from "./statutory-rules.ts";
import type { DatedRule, ProfessionalTax, ProvidentFund } from "./statutory-rules.ts";

/** The rows of the law in force in one month. */
export interface MonthRules {
  readonly period: YearMonth;
  readonly providentFund: DatedRule<ProvidentFund>;
  readonly professionalTax: readonly DatedRule<ProfessionalTax>[];
}

/** The states whose professional tax can be computed in a month; anybody elsewhere is blocked rather than paid wrongly. */
export const coveredStates = (rules: MonthRules): string[] => [...new Set(rules.professionalTax.map(({ value }) => value.state))];

/** Picks the rows in force on the month's last day; undefined for a month before the first of them. */
export function rulesOf(period: YearMonth): MonthRules | undefined {
  const day = lastDay(period);
  const holds = ({ from, to }: DatedRule<unknown>): boolean => from <= day && (to === undefined || day <= to);
  const fund = providentFund.find(holds);
  return fund && { period, providentFund: fund, professionalTax: professionalTax.filter(holds) };
}

/** What a run keeps to say by which rules it was computed. */
export function ruleVersions({ providentFund: fund, professionalTax: taxes }: MonthRules): RuleVersion[] {
  return [fund, ...taxes].map(({ id, from, source, confidence }) => ({ id, from, source, confidence }));
}

/** Days by the calendar: those from joining to leaving within the month, less loss of pay, of all days of the month. */
export function daysOf({ joinedOn, leftOn, lossOfPayHalfDays }: Pick<PayInput, "joinedOn" | "leftOn" | "lossOfPayHalfDays">, period: YearMonth): PayDays {
  const from = joinedOn > firstDay(period) ? joinedOn : firstDay(period);
  const to = leftOn !== null && leftOn < lastDay(period) ? leftOn : lastDay(period);
  const employedHalfDays = to < from ? 0 : 2 * daysBetween(from, to);
  const lost = Math.min(lossOfPayHalfDays, employedHalfDays);
  return { monthHalfDays: 2 * daysInMonth(period), employedHalfDays, lossOfPayHalfDays: lost, paidHalfDays: employedHalfDays - lost };
}

export interface ComputedPay extends PaySums {
  readonly days: PayDays;
  readonly lines: readonly PayLine[];
}

/**
 * One employee's pay of one month, in paise.
 *
 * Earnings: each part × paid days ÷ days of the month, to the nearest paisa. Provident fund: 12 % of the PF wage (basic
 * and special allowance as paid; HRA is excluded by s. 2(y) of the Code on Wages) up to the ceiling, to the nearest rupee
 * (EPF Scheme 1952, para 29(4)); the ceiling is not reduced for days lost. Professional tax: the state's step for the
 * month's gross. Throws a RangeError for a state without a rule, which the run's blockers keep out.
 */
export function payOf(input: PayInput, rules: MonthRules): ComputedPay {
  const days = daysOf(input, rules.period);
  const earnings = earningsOf(input, days);
  const grossMinor = sumPaise(earnings.map(({ amountMinor }) => amountMinor));
  const wageMinor = sumPaise(earnings.filter(({ code }) => code !== "hra").map(({ amountMinor }) => amountMinor));
  const fund = input.salary.isPfMember ? fundLines(wageMinor, rules.providentFund) : [];
  const lines = [...earnings, ...fund, taxLine(input, grossMinor, rules)];
  const sumOf = (kind: PayLine["kind"]): Paise => sumPaise(lines.filter((line) => line.kind === kind).map(({ amountMinor }) => amountMinor));
  const deductionsMinor = sumOf("deduction");
  return { days, lines, grossMinor, deductionsMinor, netMinor: grossMinor - deductionsMinor, employerMinor: sumOf("employer") };
}

function earningsOf({ salary }: PayInput, { paidHalfDays, monthHalfDays }: PayDays): PayLine[] {
  const parts = [
    ["basic", salary.basicMinor],
    ["hra", salary.hraMinor],
    ["special-allowance", salary.allowanceMinor],
  ] as const;
  return parts
    .filter(([, fullMinor]) => fullMinor > 0)
    .map(([code, fullMinor]) => ({
      code,
      kind: "earning",
      amountMinor: share(fullMinor, paidHalfDays, monthHalfDays, "paise"),
      explanation: { kind: "prorated", fullMinor, paidHalfDays, monthHalfDays },
    }));
}

function fundLines(wageMinor: Paise, { id, value }: DatedRule<ProvidentFund>): PayLine[] {
  const { ceilingMinor, employeePercent, employerPercent } = value;
  const baseMinor = Math.min(wageMinor, ceilingMinor);
  const line = (code: PayLine["code"], kind: PayLine["kind"], percent: number): PayLine => ({
    code,
    kind,
    amountMinor: share(baseMinor, percent, 100, "rupee"),
    explanation: { kind: "share", rule: id, wageMinor, ceilingMinor, baseMinor, percent },
  });
  return [line("provident-fund", "deduction", employeePercent), line("employer-provident-fund", "employer", employerPercent)];
}

function taxLine({ state, gender }: PayInput, incomeMinor: Paise, rules: MonthRules): PayLine {
  const ofState = rules.professionalTax.filter(({ value }) => value.state === state);
  const rule = ofState.find(({ value }) => value.gender === gender) ?? ofState.find(({ value }) => value.gender === undefined);
  const step = rule?.value.steps.find(({ upToMinor }) => upToMinor === undefined || incomeMinor <= upToMinor);
  if (!rule || !step) throw new RangeError(`No professional tax rule for ${state} in ${rules.period}.`);
  const isFebruary = rules.period.endsWith("-02");
  return {
    code: "professional-tax",
    kind: "deduction",
    amountMinor: (isFebruary ? step.februaryMinor : undefined) ?? step.amountMinor,
    explanation: { kind: "slab", rule: rule.id, state, incomeMinor },
  };
}
