import type { ReactNode } from "react";

/** How a column appears on a phone, where each row is a card: its heading, a line "name: value", or not at all. */
export type MobileRole = "title" | "detail" | "hidden";

export interface DataTableColumn<Row> {
  readonly id: string;
  /** The column's name; also the label of its line on a phone and its name in the choice of columns. */
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** The server can sort by it. */
  readonly isSortable?: boolean | undefined;
  /** Numbers and money stand at the end. */
  readonly align?: "start" | "end" | undefined;
  /** Width in pixels; the rest share what is left. */
  readonly width?: number | undefined;
  /** `detail` unless told; exactly one column should be the `title`, which then carries the row's link. */
  readonly mobile?: MobileRole | undefined;
  /** May be put away by the person; true unless told, never for the `title`. */
  readonly isHideable?: boolean | undefined;
  /** Put away until the person asks for it. */
  readonly isHiddenAtFirst?: boolean | undefined;
}

export interface TableSort {
  readonly column: string;
  readonly direction: "asc" | "desc";
}

/** How a person likes to see this table. Kept by the caller, for instance in local storage under the table's name. */
export interface TableView {
  readonly hiddenColumns: readonly string[];
  readonly density: "comfortable" | "compact";
}

/** Keyset paging: there is a next page or there is not, and nobody counts pages. */
export interface TablePaging {
  /** Leads back; undefined on the first page. */
  readonly onPrevious?: (() => void) | undefined;
  /** Leads on; undefined on the last page. */
  readonly onNext?: (() => void) | undefined;
  /** Place of the first row in the whole list, from 1, when known: shows "51 to 100 of 10,000". */
  readonly from?: number | undefined;
}

export interface DataTableProps<Row extends object> {
  /** Names the table for a screen reader: the page's title. */
  readonly label: string;
  /** Stable between renders (module level or memoised). */
  readonly columns: readonly DataTableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  /** What a screen reader calls the row: the person's name. */
  readonly rowName: (row: Row) => string;
  /** Where a row leads; by click, by Enter, by its title which is a true link. */
  readonly rowHref?: ((row: Row) => string) | undefined;
  /** Instead of `rowHref`: opens the row without an address, such as in a side sheet. */
  readonly onOpen?: ((row: Row) => void) | undefined;

  /** The first rows are on their way: skeleton rows stand in their place. */
  readonly isLoading?: boolean | undefined;
  /** Other rows are on their way while these stay: they fade a little. */
  readonly isRefreshing?: boolean | undefined;
  readonly skeletonRows?: number | undefined;
  /** An `EmptyState` that says what to do next, or that no row passes the filters. */
  readonly empty: ReactNode;
  /** An `ErrorState` in place of the rows. */
  readonly error?: ReactNode;

  readonly sort?: TableSort | undefined;
  readonly onSortChange?: ((sort: TableSort | undefined) => void) | undefined;
  readonly paging?: TablePaging | undefined;
  /** How many rows the whole list has. */
  readonly total?: number | undefined;

  /** Ids of the selected rows; they outlive a change of page. Rows can be selected only when `onSelectionChange` is given. */
  readonly selection?: readonly string[] | undefined;
  readonly onSelectionChange?: ((ids: string[]) => void) | undefined;
  /** Buttons of the bar that appears while rows are selected. */
  readonly bulkActions?: ReactNode;

  /** The person's kept view, and where to keep it. Without `onViewChange` it lives as long as the page. */
  readonly defaultView?: Partial<TableView> | undefined;
  readonly onViewChange?: ((view: TableView) => void) | undefined;
  /** Over the table, at the left of the view menu: a `FilterBar`. */
  readonly toolbar?: ReactNode;
  /** No choice of columns and density: for a short table within a card. */
  readonly isPlain?: boolean | undefined;
}
