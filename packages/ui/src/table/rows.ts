import type { DataTableColumn, TableSort, TableView } from "./types.ts";

/** A click on a header sorts upward, then downward, then not at all. */
export function nextSort(sort: TableSort | undefined, column: string): TableSort | undefined {
  if (sort?.column !== column) return { column, direction: "asc" };
  return sort.direction === "asc" ? { column, direction: "desc" } : undefined;
}

/** The value of `aria-sort` for a column that can be sorted. */
export function ariaSort(sort: TableSort | undefined, column: string): "ascending" | "descending" | "none" {
  if (sort?.column !== column) return "none";
  return sort.direction === "asc" ? "ascending" : "descending";
}

/** The row that `j` (1) or `k` (-1) leads to; the first key press leads to the first row. -1 when there is no row. */
export function stepRow(current: number, step: 1 | -1, count: number): number {
  if (count === 0) return -1;
  if (current < 0) return 0;
  return Math.min(count - 1, Math.max(0, current + step));
}

/** The view a table starts with: the kept one, else every column that is not hidden at first. */
export function firstView(columns: readonly DataTableColumn<never>[], kept: Partial<TableView> | undefined): TableView {
  const hiddenAtFirst = columns.filter((column) => column.isHiddenAtFirst === true).map((column) => column.id);
  return { hiddenColumns: kept?.hiddenColumns ?? hiddenAtFirst, density: kept?.density ?? "comfortable" };
}

/** Columns a person may put away: not the title, without which a row has no name. */
export function canHide(column: DataTableColumn<never>): boolean {
  return column.mobile !== "title" && column.isHideable !== false;
}

/** Selects or releases the rows of this page and leaves those of other pages as they are. */
export function selectPage(selection: readonly string[], page: readonly string[], isSelected: boolean): string[] {
  const others = selection.filter((id) => !page.includes(id));
  return isSelected ? [...others, ...page] : others;
}
