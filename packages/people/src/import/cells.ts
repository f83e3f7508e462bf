import type { Vault } from "@atrium/vault";
import { isSensitive } from "../employee/contract.ts";
import { maskNumber, maskPan } from "../employee/rules.ts";
import { RowCells } from "./contract.ts";

/* A row's cells as they are kept: what may be seen in the payload, and what may not sealed beside it. */

/** The mask of a cell, whatever somebody may have written into it. */
export function maskCell(text: string): string {
  if (/^[A-Z]{5}[0-9]{4}[A-Z]$/i.test(text)) return maskPan(text.toUpperCase());
  // Of a short text its end would be most of it.
  return text.length > 8 ? maskNumber(text) : maskNumber("").padEnd(12, "X");
}

/** Letters and digits as a PAN has them, or as many digits as an account. */
const looksSensitive = (text: string): boolean => /[A-Z]{5}[0-9]{4}[A-Z]|(?:[0-9][ -]?){9}/i.test(text);

/** Parts the cells. In a row of too many or too few nothing stands where it should, so there any cell may be what is not to be seen. */
export function partCells(cells: RowCells, isRagged: boolean): { readonly shown: RowCells; readonly hidden: RowCells } {
  const hidden = Object.fromEntries(Object.entries(cells).filter(([column, text]) => text !== "" && (isSensitive(column) || (isRagged && looksSensitive(text)))));
  const masked = Object.fromEntries(Object.entries(hidden).map(([column, text]) => [column, maskCell(text)]));
  return { shown: { ...cells, ...masked }, hidden };
}

interface KeptCells {
  readonly payload: unknown;
  readonly cellsSealed: string | null;
}

const placeOf = (importId: string, rowNumber: number) => ({ table: "employee_import_row", column: "cells_sealed", rowId: `${importId}:${rowNumber}` }) as const;

/** The cells of a row as its columns keep them. */
export function keepCells(vault: Vault, importId: string, rowNumber: number, cells: RowCells, isRagged: boolean) {
  const { shown, hidden } = partCells(cells, isRagged);
  const isHidden = Object.keys(hidden).length > 0;
  return { payload: shown, cellsSealed: isHidden ? vault.seal(placeOf(importId, rowNumber), JSON.stringify(hidden)) : null };
}

/** The cells as they stood in the file. Throws `vault/cannot-open`. */
export function openCells(vault: Vault, importId: string, { rowNumber, payload, cellsSealed }: KeptCells & { readonly rowNumber: number }): RowCells {
  const hidden: unknown = cellsSealed === null ? {} : JSON.parse(vault.open(placeOf(importId, rowNumber), cellsSealed));
  return { ...RowCells.parse(payload), ...RowCells.parse(hidden) };
}

/** Where the file of an import is sealed for. */
export const filePlace = (importId: string) => ({ table: "employee_import", column: "file_sealed", rowId: importId }) as const;

