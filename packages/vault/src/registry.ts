import type { TextColumn } from "@atrium/db";
import type { Place } from "./vault.ts";

/**
 * Every column that holds sealed text, and how its row's id is made: what is sealed anew when keys are replaced. A column that
 * is missing here fails a test that asks the database's own catalogue.
 */
export const sealedColumns = [
  { table: "employee", column: "pan_sealed", rowId: ["id"] },
  { table: "employee", column: "uan_sealed", rowId: ["id"] },
  { table: "employee", column: "aadhaar_sealed", rowId: ["id"] },
  { table: "employee", column: "bank_account_sealed", rowId: ["id"] },
  { table: "employee_import_row", column: "cells_sealed", rowId: ["import_id", "row_number"] },
  { table: "totp", column: "seed_sealed", rowId: ["member_id"] },
  { table: "sso_connection", column: "client_secret_sealed", rowId: ["id"] },
] as const satisfies readonly SealedColumn[];

export interface SealedColumn extends TextColumn {
  readonly column: Place["column"];
}
