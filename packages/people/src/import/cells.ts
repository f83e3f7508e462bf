import type { Vault } from "@atrium/vault";
import { RowCells } from "./contract.ts";
import { partCells } from "./rules.ts";

/* A row's cells as they are kept: what may be seen in the payload, and what may not sealed beside it. */

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

