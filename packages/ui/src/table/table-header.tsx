"use client";

import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { classNames } from "../class-names.ts";
import { Checkbox } from "../form/toggles.tsx";
import { useUi } from "../ui-provider.tsx";
import type { TableParts } from "./parts.ts";
import { ariaSort, nextSort, selectPage } from "./rows.ts";
import type { DataTableColumn } from "./types.ts";

const headLooks = "sticky top-0 z-10 h-9 border-b border-line bg-surface px-3 text-sm first:pl-4 last:pr-4 font-medium whitespace-nowrap text-ink-soft";

/** The names of the columns, by which one sorts. On a phone it is heard but not seen. */
export function TableHeader<Row extends object>({ parts }: { readonly parts: TableParts<Row> }) {
  return (
    <thead role="rowgroup" className="max-sm:sr-only">
      <tr role="row" aria-rowindex={1}>
        {parts.isSelectable ? (
          <th scope="col" role="columnheader" className={classNames(headLooks, "w-9 pr-0 text-left first:pl-2 print:hidden")}>
            <SelectPage parts={parts} />
          </th>
        ) : null}
        {parts.columns.map((column) => (
          <HeaderCell key={column.id} parts={parts} column={column} />
        ))}
      </tr>
    </thead>
  );
}

function SelectPage<Row extends object>({ parts: { props } }: { readonly parts: TableParts<Row> }) {
  const { t } = useUi();
  const { rows, rowId, selection = [], onSelectionChange } = props;
  const page = rows.map(rowId);
  const selected = new Set(selection);
  const count = page.filter((id) => selected.has(id)).length;
  const value = count === 0 ? false : count === page.length || "indeterminate";
  return <Checkbox aria-label={t("selectAllRows")} value={value} onChange={(isSelected) => onSelectionChange?.(selectPage(selection, page, isSelected))} />;
}

function HeaderCell<Row extends object>({ parts, column }: { readonly parts: TableParts<Row>; readonly column: DataTableColumn<Row> }) {
  const { sort, onSortChange } = parts.props;
  const isSortable = column.isSortable === true && onSortChange !== undefined;
  const isEnd = column.align === "end";
  return (
    <th
      scope="col"
      role="columnheader"
      aria-sort={isSortable ? ariaSort(sort, column.id) : undefined}
      className={classNames(headLooks, isEnd ? "text-right" : "text-left")}
      style={column.width === undefined ? undefined : { width: column.width }}
    >
      {isSortable ? (
        <button
          type="button"
          onClick={() => onSortChange(nextSort(sort, column.id))}
          className={classNames("group -mx-1.5 inline-flex h-7 items-center gap-1 rounded-md px-1.5 hover:bg-sunken hover:text-ink", isEnd && "flex-row-reverse")}
        >
          {column.header}
          <SortSign direction={sort?.column === column.id ? sort.direction : undefined} />
        </button>
      ) : (
        column.header
      )}
    </th>
  );
}

function SortSign({ direction }: { readonly direction: "asc" | "desc" | undefined }) {
  if (direction === "asc") return <ArrowUp aria-hidden className="size-3.5 text-accent-text" />;
  if (direction === "desc") return <ArrowDown aria-hidden className="size-3.5 text-accent-text" />;
  return <ChevronsUpDown aria-hidden className="size-3.5 text-ink-faint opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100" />;
}
