import type { TableModel } from "./use-data-table.ts";
import type { RowKeyboard } from "./use-row-keyboard.ts";
import type { DataTableColumn, DataTableProps, TableView } from "./types.ts";

/** What the parts of one table share. */
export interface TableParts<Row extends object> {
  readonly props: DataTableProps<Row>;
  readonly model: TableModel<Row>;
  /** The columns in sight. */
  readonly columns: readonly DataTableColumn<Row>[];
  readonly view: TableView;
  readonly keyboard: RowKeyboard;
  readonly isSelectable: boolean;
}

/** More rows than this are not all put on the page, only those in sight of a frame that scrolls by itself. */
const virtualFrom = 200;

export function isVirtual(rowCount: number): boolean {
  return rowCount > virtualFrom;
}

/** Height of a row in pixels; the skeleton has the same. On a phone a card is as high as its lines. */
export const rowHeights = { comfortable: 44, compact: 34 };

/** Classes of the cells of a column, shared by the rows and their skeletons. */
export function cellLooks(column: { readonly align?: "start" | "end" | undefined; readonly mobile?: string | undefined }): string {
  const align = column.align === "end" ? "text-right tabular-nums" : "text-left";
  const mobile = { title: "max-sm:order-first max-sm:pr-9 max-sm:text-left", hidden: "max-sm:hidden", detail: "max-sm:flex max-sm:items-center max-sm:justify-between max-sm:gap-4" };
  const role = column.mobile === "title" || column.mobile === "hidden" ? column.mobile : "detail";
  return `border-b border-line px-3 max-sm:block max-sm:border-b-0 max-sm:px-0! sm:first:pl-4 sm:last:pr-4 ${align} ${mobile[role]}`;
}

/** Classes of a row: a line of the table, a card on a phone. */
export const rowLooks = "max-sm:relative max-sm:flex max-sm:flex-col max-sm:gap-1 max-sm:border-b max-sm:border-line max-sm:px-4 max-sm:py-3 max-sm:last:border-b-0";
