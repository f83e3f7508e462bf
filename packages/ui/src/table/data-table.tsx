"use client";

import { useState } from "react";
import { classNames } from "../class-names.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { isVirtual } from "./parts.ts";
import type { TableParts } from "./parts.ts";
import { firstView } from "./rows.ts";
import { TableBody } from "./table-body.tsx";
import { TableFooter } from "./table-footer.tsx";
import { TableHeader } from "./table-header.tsx";
import { openRow } from "./table-row.tsx";
import { TableViewMenu } from "./table-view-menu.tsx";
import type { DataTableProps, TableView } from "./types.ts";
import { useDataTable, visibleColumns } from "./use-data-table.ts";
import { useRowKeyboard } from "./use-row-keyboard.ts";

/**
 * The list: rows the server has sorted, filtered and cut into pages. `j` `k` move, `x` selects, `Enter` opens. Its own
 * frame scrolls, the page never does sideways; on a phone each row is a card.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { columns, toolbar, isPlain = false, selection = [], onSelectionChange } = props;
  const [view, changeView] = useView(props);
  // State rather than a ref: the virtual rows inside are rendered anew once their frame exists.
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const parts = useParts(props, view, scroller);
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {isPlain && toolbar === undefined ? null : (
        <div className="flex items-start gap-2 print:hidden">
          <div className="min-w-0 grow">{toolbar}</div>
          {isPlain ? null : <TableViewMenu columns={columns} view={view} onChange={changeView} />}
        </div>
      )}
      <div className={classNames("min-w-0", !isPlain && "overflow-hidden rounded-lg border border-line bg-surface")}>
        <Scroller props={props} scroller={scroller} onScroller={setScroller} parts={parts} />
        {hasFooter(props) ? <TableFooter rowCount={props.rows.length} total={props.total} paging={props.paging} /> : null}
      </div>
      {selection.length === 0 || onSelectionChange === undefined ? null : (
        <BulkBar count={selection.length} onClear={() => onSelectionChange([])}>
          {props.bulkActions}
        </BulkBar>
      )}
    </div>
  );
}

interface ScrollerProps<Row extends object> {
  readonly props: DataTableProps<Row>;
  readonly scroller: HTMLDivElement | null;
  readonly onScroller: (element: HTMLDivElement | null) => void;
  readonly parts: TableParts<Row>;
}

/** The part that scrolls; it can take the focus so that it can be scrolled without a mouse. */
function Scroller<Row extends object>({ props, scroller, onScroller, parts }: ScrollerProps<Row>) {
  return (
    <div
      ref={onScroller}
      role="region"
      aria-label={props.label}
      tabIndex={0}
      className={classNames(
        "overflow-auto -outline-offset-2 print:max-h-none print:overflow-visible",
        // A short table in a card is as long as it is: a frame that scrolls would hide its end from whoever scrolls the page.
        (props.isPlain !== true || isVirtual(props.rows.length)) && "sm:max-h-[max(24rem,calc(100dvh-15rem))]",
        // On a phone the page scrolls, unless only the rows in sight exist.
        isVirtual(props.rows.length) && "max-sm:max-h-[75dvh]",
        // A line on top says that newer rows are on their way. The rows keep their contrast: they may stay a while.
        props.isRefreshing === true && "before:sticky before:left-0 before:top-0 before:z-30 before:-mb-0.5 before:block before:h-0.5 before:bg-accent",
      )}
    >
      <table
        role="table"
        aria-label={props.label}
        aria-busy={props.isLoading === true || props.isRefreshing === true || undefined}
        aria-rowcount={props.total === undefined ? undefined : props.total + 1}
        className="w-full border-separate border-spacing-0 max-sm:block"
      >
        <TableHeader parts={parts} />
        <TableBody parts={parts} scroller={scroller} />
      </table>
    </div>
  );
}

/** Nothing is counted before it is there, and a short table in a card counts itself. */
function hasFooter<Row extends object>({ rows, isLoading, error, isPlain, paging }: DataTableProps<Row>): boolean {
  if (isLoading === true || error !== undefined) return false;
  return paging?.onPrevious !== undefined || (rows.length > 0 && isPlain !== true);
}

function useView<Row extends object>({ columns, defaultView, onViewChange }: DataTableProps<Row>): [TableView, (view: TableView) => void] {
  const [view, setView] = useState(() => firstView(columns, defaultView));
  const change = (next: TableView) => {
    setView(next);
    onViewChange?.(next);
  };
  return [view, change];
}

function useParts<Row extends object>(props: DataTableProps<Row>, view: TableView, scroller: HTMLDivElement | null): TableParts<Row> {
  const model = useDataTable(props, view);
  const toggle = (index: number) => {
    model.getRowModel().rows[index]?.toggleSelected();
  };
  const open = (index: number) => {
    openRow(scroller?.querySelector(`[data-index="${index}"]`));
  };
  const keyboard = useRowKeyboard(props.rows.length, toggle, open);
  return { props, model, columns: visibleColumns(model, props.columns), view, keyboard, isSelectable: props.onSelectionChange !== undefined };
}
