"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect } from "react";
import type { ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { Skeleton } from "../skeleton.tsx";
import { cellLooks, isVirtual, rowHeights, rowLooks } from "./parts.ts";
import type { TableParts } from "./parts.ts";
import { TableRow } from "./table-row.tsx";

interface TableBodyProps<Row extends object> {
  readonly parts: TableParts<Row>;
  readonly scroller: HTMLDivElement | null;
}

/** The rows, or what stands in their place. */
export function TableBody<Row extends object>({ parts, scroller }: TableBodyProps<Row>) {
  const { props, model } = parts;
  const rows = model.getRowModel().rows;
  if (props.error !== undefined) return <InsteadOfRows parts={parts}>{props.error}</InsteadOfRows>;
  if (props.isLoading === true) return <SkeletonRows parts={parts} count={props.skeletonRows ?? 10} />;
  if (rows.length === 0) return <InsteadOfRows parts={parts}>{props.empty}</InsteadOfRows>;
  if (isVirtual(rows.length)) return <VirtualRows parts={parts} scroller={scroller} />;
  return (
    <tbody role="rowgroup" className={bodyLooks} onKeyDown={parts.keyboard.onKeyDown}>
      {rows.map((row, index) => (
        <TableRow key={row.id} parts={parts} row={row} index={index} />
      ))}
    </tbody>
  );
}

function VirtualRows<Row extends object>({ parts, scroller }: TableBodyProps<Row>) {
  const rows = parts.model.getRowModel().rows;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeights[parts.view.density],
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  });
  const { active } = parts.keyboard;
  useEffect(() => {
    if (active >= 0) virtualizer.scrollToIndex(active, { align: "auto" });
  }, [active, virtualizer]);
  const items = virtualizer.getVirtualItems();
  return (
    <tbody role="rowgroup" className={bodyLooks} onKeyDown={parts.keyboard.onKeyDown}>
      <Gap height={items.at(0)?.start ?? 0} />
      {items.map((item) => {
        const row = rows[item.index];
        return row === undefined ? null : <TableRow key={item.key} parts={parts} row={row} index={item.index} measure={virtualizer.measureElement} />;
      })}
      <Gap height={virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)} />
    </tbody>
  );
}

/** Stands for the rows that are not on the page, so that the scroll bar tells the truth. */
function Gap({ height }: { readonly height: number }) {
  return <tr aria-hidden style={{ height }} className="max-sm:block" />;
}

function SkeletonRows<Row extends object>({ parts, count }: { readonly parts: TableParts<Row>; readonly count: number }) {
  return (
    <tbody role="rowgroup" aria-hidden className="max-sm:block">
      {Array.from({ length: count }, (_, index) => (
        <tr key={index} style={{ height: rowHeights[parts.view.density] }} className={classNames(rowLooks, "max-sm:h-auto!")}>
          {parts.isSelectable ? <td className="border-b border-line max-sm:hidden print:hidden" /> : null}
          {parts.columns.map((column) => (
            <td key={column.id} className={cellLooks(column)}>
              <Skeleton className={classNames("w-2/3 max-w-40 max-sm:h-5", column.align === "end" && "ml-auto w-20", column.mobile === "title" ? "max-sm:h-6" : "max-sm:w-full max-sm:max-w-none")} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function InsteadOfRows<Row extends object>({ parts, children }: { readonly parts: TableParts<Row>; readonly children: ReactNode }) {
  return (
    <tbody role="rowgroup" className="max-sm:block">
      <tr role="row" className="max-sm:block">
        <td role="cell" colSpan={parts.columns.length + (parts.isSelectable ? 1 : 0)} className="max-sm:block">
          {children}
        </td>
      </tr>
    </tbody>
  );
}

const bodyLooks = "max-sm:block [&>tr:last-child>td]:border-b-0";
