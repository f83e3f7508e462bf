import { stringify } from "csv-stringify/sync";

/**
 * Lines of CSV as spreadsheets read them. A value that a spreadsheet would take for a formula (`=`, `+`, `-`, `@`, a tab)
 * is preceded by an apostrophe, so that opening a list runs nothing.
 */
export function csvLines(rows: readonly (readonly (string | number | null | undefined)[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { escape_formulas: true, record_delimiter: "windows" },
  );
}
