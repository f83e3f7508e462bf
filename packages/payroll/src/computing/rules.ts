import { sumPaise } from "@atrium/kernel";
import type { Paise } from "@atrium/kernel";
import type { PaySums } from "./contract.ts";

/** How many employees one step computes: some 300 ms of work, so that a killed process loses little. */
export const chunkSize = 500;

/** Each of the four sums, in paise, over all rows; all nought for none. */
export function addSums(rows: readonly PaySums[]): PaySums {
  const total = (pick: (row: PaySums) => Paise): Paise => sumPaise(rows.map(pick));
  return {
    grossMinor: total((row) => row.grossMinor),
    deductionsMinor: total((row) => row.deductionsMinor),
    netMinor: total((row) => row.netMinor),
    employerMinor: total((row) => row.employerMinor),
  };
}

const isSame = (a: PaySums, b: PaySums): boolean =>
  a.grossMinor === b.grossMinor && a.deductionsMinor === b.deductionsMinor && a.netMinor === b.netMinor && a.employerMinor === b.employerMinor;

/** A chunk as its step left it, beside the payslips that now lie between its boundaries. */
export interface ChunkTally {
  readonly employees: number;
  readonly isDone: boolean;
  readonly sums: PaySums;
  readonly slips: number;
  readonly slipSums: PaySums;
}

export interface RunTally {
  readonly inputs: number;
  readonly slips: number;
  /** Payslips whose lines do not add up to what stands on them. */
  readonly unevenSlips: number;
  readonly chunks: readonly ChunkTally[];
}

/** Whether every employee has one payslip and every sum agrees to the paisa: lines, payslips, chunks. */
export function isReconciled({ inputs, slips, unevenSlips, chunks }: RunTally): boolean {
  if (unevenSlips > 0 || slips !== inputs) return false;
  if (chunks.reduce((count, { employees }) => count + employees, 0) !== inputs) return false;
  return chunks.every((chunk) => chunk.isDone && chunk.slips === chunk.employees && isSame(chunk.sums, chunk.slipSums));
}
