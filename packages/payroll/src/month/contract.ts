import { defineErrors, idSchema, pageRequestShape, paiseSchema, plainDateSchema, yearMonthSchema } from "@atrium/kernel";
import { z } from "zod";

export const monthErrors = defineErrors({
  "payroll/month-closed": "conflict",
  "payroll/month-not-covered": "conflict",
  "payroll/employee-not-in-month": "invalid",
  "payroll/loss-of-pay-too-long": "invalid",
});

/** Why somebody cannot be paid this month. */
export const blockers = ["no-salary", "state-not-covered", "loss-of-pay-too-long"] as const;
export type Blocker = (typeof blockers)[number];

export const MonthOf = z.object({ period: yearMonthSchema });
export type MonthOf = z.output<typeof MonthOf>;

const who = { employeeId: z.string(), code: z.string(), name: z.string(), department: z.string() };

export const BlockedEmployee = z.object({ ...who, blocker: z.enum(blockers), state: z.string() });
export type BlockedEmployee = z.output<typeof BlockedEmployee>;

/** What differs from the month before, one row a person and kind. */
export const MonthChange = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("joiner"), ...who, on: plainDateSchema }),
  z.object({ kind: z.literal("leaver"), ...who, on: plainDateSchema }),
  z.object({ kind: z.literal("salary"), ...who, beforeMinor: paiseSchema, afterMinor: paiseSchema }),
  z.object({ kind: z.literal("loss-of-pay"), ...who, halfDays: z.number().int() }),
]);
export type MonthChange = z.output<typeof MonthChange>;

/** The most rows of one kind that a month's overview names; the counts are always of all. */
export const maxNamed = 100;

export const Month = z.object({
  period: yearMonthSchema,
  headcount: z.number().int(),
  /** Their salaries for a full month, before any day is lost. */
  fullMonthMinor: paiseSchema,
  counts: z.object({ joiner: z.number(), leaver: z.number(), salary: z.number(), "loss-of-pay": z.number(), blocked: z.number() }),
  changes: z.array(MonthChange),
  blocked: z.array(BlockedEmployee),
});
export type Month = z.output<typeof Month>;

export const ListMonthPeople = z.object({ period: yearMonthSchema, search: z.string().trim().max(100).default(""), ...pageRequestShape });
export type ListMonthPeople = z.output<typeof ListMonthPeople>;

export const MonthPerson = z.object({
  ...who,
  /** The full month's salary; null while there is none. */
  monthlyMinor: paiseSchema.nullable(),
  employedHalfDays: z.number().int(),
  lossOfPayHalfDays: z.number().int(),
  blocker: z.enum(blockers).nullable(),
});
export type MonthPerson = z.output<typeof MonthPerson>;

export const MonthPeople = z.object({ people: z.array(MonthPerson), next: z.string().nullable() });
export type MonthPeople = z.output<typeof MonthPeople>;

/** Half days; 0 takes the entry away. */
const LossOfPayEntry = z.object({ employeeId: idSchema("emp"), halfDays: z.number().int().min(0).max(62) });

export const SetLossOfPay = z.object({
  period: yearMonthSchema,
  entries: z.array(LossOfPayEntry).min(1).max(1_000).superRefine((entries, { addIssue }) => {
    const seen = new Set<string>();
    for (const [index, { employeeId }] of entries.entries()) {
      if (seen.has(employeeId)) addIssue({ code: "custom", path: [index, "employeeId"], message: "the employee is named twice" });
      seen.add(employeeId);
    }
  }),
});
export type SetLossOfPay = z.output<typeof SetLossOfPay>;

export const Saved = z.object({ saved: z.number().int() });
export type Saved = z.output<typeof Saved>;
