"use client";

import { useEffect, useRef } from "react";
import type { MouseEvent, ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { Checkbox } from "../form/toggles.tsx";
import { Link } from "../link.tsx";
import { useUi } from "../ui-provider.tsx";
import { cellLooks, rowHeights, rowLooks } from "./parts.ts";
import type { TableParts } from "./parts.ts";
import type { DataTableColumn } from "./types.ts";
import type { TableRowModel } from "./use-data-table.ts";

interface TableRowProps<Row extends object> {
  readonly parts: TableParts<Row>;
  readonly row: TableRowModel<Row>;
  readonly index: number;
  /** Measures the row's true height for the virtual list. */
  readonly measure?: ((element: HTMLTableRowElement | null) => void) | undefined;
}

/** One row: a line of the table, a card on a phone. */
export function TableRow<Row extends object>({ parts, row, index, measure }: TableRowProps<Row>) {
  const { keyboard, view, columns } = parts;
  const isActive = keyboard.active === index;
  const elementRef = useRef<HTMLTableRowElement>(null);
  const { claimFocus } = keyboard;
  useEffect(() => {
    if (isActive && claimFocus()) elementRef.current?.focus();
  }, [isActive, claimFocus]);
  const isTabStop = isActive || (keyboard.active < 0 && index === 0);
  return (
    <tr
      ref={(node) => {
        elementRef.current = node;
        measure?.(node);
      }}
      role="row"
      aria-rowindex={(parts.props.paging?.from ?? 1) + index + 1}
      data-index={index}
      data-selected={row.getIsSelected() || undefined}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={() => keyboard.setActive(index)}
      onClick={openFromClick}
      style={{ height: rowHeights[view.density] }}
      className={classNames(
        rowLooks,
        "-outline-offset-2 hover:bg-sunken data-selected:bg-accent-soft max-sm:h-auto!",
        (parts.props.rowHref ?? parts.props.onOpen) !== undefined && "cursor-pointer",
      )}
    >
      {parts.isSelectable ? <SelectCell parts={parts} row={row} /> : null}
      {columns.map((column) => (
        <Cell key={column.id} parts={parts} column={column} row={row.original} />
      ))}
    </tr>
  );
}

function SelectCell<Row extends object>({ parts, row }: { readonly parts: TableParts<Row>; readonly row: TableRowModel<Row> }) {
  const { t } = useUi();
  // The library's own handler reads Shift from the click, to select all rows in between.
  const toggle = row.getToggleSelectedHandler();
  return (
    <td role="cell" className="w-9 border-b border-line pl-2 align-middle print:hidden max-sm:absolute max-sm:top-2.5 max-sm:right-3 max-sm:border-b-0">
      <Checkbox
        aria-label={t("selectRow", { name: parts.props.rowName(row.original) })}
        value={row.getIsSelected()}
        onClick={(event) => {
          toggle({ target: { checked: !row.getIsSelected() }, shiftKey: event.shiftKey });
        }}
      />
    </td>
  );
}

function Cell<Row extends object>({ parts, column, row }: { readonly parts: TableParts<Row>; readonly column: DataTableColumn<Row>; readonly row: Row }) {
  const content = column.cell(row);
  if (column.mobile === "title") {
    return (
      <td role="cell" className={classNames(cellLooks(column), "font-medium max-sm:text-lg")}>
        <RowOpener parts={parts} row={row}>
          {content}
        </RowOpener>
      </td>
    );
  }
  return (
    <td role="cell" className={cellLooks(column)}>
      <span className="text-ink-soft sm:hidden">{column.header}</span>
      <span className="max-sm:min-w-0 max-sm:text-right">{content}</span>
    </td>
  );
}

const openerLooks = "inline-flex max-w-full min-w-0 rounded-sm text-left hover:underline hover:underline-offset-3";

/** What opens the row: a true link where it has an address, so that it can be opened in a new tab. */
function RowOpener<Row extends object>({ parts, row, children }: { readonly parts: TableParts<Row>; readonly row: Row; readonly children: ReactNode }) {
  const { rowHref, onOpen } = parts.props;
  if (rowHref !== undefined) {
    return (
      <Link href={rowHref(row)} data-row-opener="" className={openerLooks}>
        {children}
      </Link>
    );
  }
  if (onOpen === undefined) return children;
  return (
    <button type="button" data-row-opener="" className={openerLooks} onClick={() => onOpen(row)}>
      {children}
    </button>
  );
}

/** Presses the row's own link or button, so that mouse, keyboard and screen reader go one and the same way. */
export function openRow(row: Element | null | undefined): void {
  row?.querySelector<HTMLElement>("[data-row-opener]")?.click();
}

function openFromClick(event: MouseEvent<HTMLTableRowElement>) {
  const { target, currentTarget } = event;
  if (!(target instanceof Element) || !currentTarget.contains(target)) return;
  if (target.closest("a, button, input, select, textarea, label") !== null) return;
  // Whoever marks a text to copy it does not want to leave.
  if ((window.getSelection()?.toString() ?? "") === "") openRow(currentTarget);
}
