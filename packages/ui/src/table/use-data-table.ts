"use client";

import { columnVisibilityFeature, rowSelectionFeature, rowSortingFeature, tableFeatures, useTable } from "@tanstack/react-table";
import type { Row as TanStackRow, ReactTable, RowSelectionState, Updater } from "@tanstack/react-table";
import { useMemo } from "react";
import type { DataTableColumn, DataTableProps, TableView } from "./types.ts";

// Sorting, filtering and paging are the server's: no row model of the library is loaded.
const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature, rowSortingFeature });

export type TableModel<Row extends object> = ReactTable<typeof features, Row>;
export type TableRowModel<Row extends object> = TanStackRow<typeof features, Row>;

const noIds: readonly string[] = [];

/** The library's table over our props: which columns are in sight, which rows are selected. */
export function useDataTable<Row extends object>(props: DataTableProps<Row>, view: TableView): TableModel<Row> {
  const { columns, rows, rowId, selection = noIds, onSelectionChange, sort } = props;
  const definitions = useMemo(() => columns.map((column) => ({ id: column.id, header: column.header, accessorFn: column.cell })), [columns]);
  const columnVisibility = useMemo(() => Object.fromEntries(view.hiddenColumns.map((id) => [id, false])), [view.hiddenColumns]);
  const rowSelection = useMemo(() => Object.fromEntries(selection.map((id): [string, true] => [id, true])), [selection]);
  const sorting = useMemo(() => (sort === undefined ? [] : [{ id: sort.column, desc: sort.direction === "desc" }]), [sort]);
  const data = useMemo(() => [...rows], [rows]);
  return useTable({
    features,
    columns: definitions,
    data,
    getRowId: rowId,
    manualSorting: true,
    enableRowSelection: onSelectionChange !== undefined,
    state: { columnVisibility, rowSelection, sorting },
    onRowSelectionChange: (updater: Updater<RowSelectionState>) => {
      const next = typeof updater === "function" ? updater(rowSelection) : updater;
      onSelectionChange?.(Object.keys(next));
    },
  });
}

/** The columns in sight, in their order. */
export function visibleColumns<Row extends object>(model: TableModel<Row>, columns: readonly DataTableColumn<Row>[]): DataTableColumn<Row>[] {
  const shown = new Set(model.getVisibleLeafColumns().map((column) => column.id));
  return columns.filter((column) => shown.has(column.id));
}
