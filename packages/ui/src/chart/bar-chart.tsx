"use client";

import { useState } from "react";
import { classNames } from "../class-names.ts";
import { useUi } from "../ui-provider.tsx";
import { axisTop, labelledPlaces } from "./scale.ts";

/** What a part of a bar means. A part that is not good has stripes as well, so that colour is never its only sign. */
export type BarTone = "accent" | "danger" | "attention";

export interface BarSeries {
  readonly id: string;
  readonly label: string;
  readonly tone: BarTone;
}

export interface Bar {
  readonly id: string;
  /** In the table and over the chart: "2:30 pm", "20 Nov 2026". */
  readonly label: string;
  /** Under the bar, where there is room for it: "2:30", "20 Nov". */
  readonly shortLabel: string;
  /** One number for each series, in their order. */
  readonly values: readonly number[];
}

export interface BarChartProps {
  /** What is counted: "Requests in the last 60 minutes". */
  readonly label: string;
  /** What a bar stands for, over the table's first column: "Minute". */
  readonly barLabel: string;
  readonly series: readonly BarSeries[];
  readonly bars: readonly Bar[];
  /** A line across, drawn where the bars come near it: as much as is allowed. */
  readonly line?: { readonly value: number; readonly label: string } | undefined;
}

const paints: Readonly<Record<BarTone, string>> = {
  accent: "bg-accent",
  danger: "bg-danger bg-[repeating-linear-gradient(135deg,transparent_0_2px,var(--color-surface)_2px_4px)]",
  attention: "bg-attention bg-[repeating-linear-gradient(45deg,transparent_0_2px,var(--color-surface)_2px_4px)]",
};
const mostLabels = 5;
const farAbove = 4;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Counts over time as stacked bars. A screen reader, and whoever wants the numbers, is given the table below them. */
export function BarChart({ label, barLabel, series, bars, line }: BarChartProps) {
  const [pointedAt, setPointedAt] = useState<string>();
  const largest = Math.max(0, ...bars.map(({ values }) => sum(values)));
  // A line far above all bars would make them invisible.
  const shownLine = line !== undefined && line.value <= largest * farAbove ? line : undefined;
  const top = axisTop(Math.max(shownLine?.value ?? 0, largest));
  const pointed = bars.find(({ id }) => id === pointedAt);
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      <div aria-hidden className="flex flex-col gap-2">
        <Legend series={series} pointed={pointed} line={shownLine} />
        <div className="grid grid-cols-[auto_1fr] gap-x-2">
          <Axis top={top} />
          <div className="relative h-36 border-b border-line-strong" onPointerLeave={() => setPointedAt(undefined)}>
            <Grid />
            {shownLine === undefined ? null : <span className="absolute inset-x-0 border-t border-dashed border-line-strong" style={{ bottom: `${(shownLine.value / top) * 100}%` }} />}
            <div className="absolute inset-0 flex items-stretch">
              {bars.map((bar) => (
                <Column key={bar.id} bar={bar} series={series} top={top} isPointedAt={bar.id === pointedAt} onPoint={() => setPointedAt(bar.id)} />
              ))}
            </div>
          </div>
          <Labels bars={bars} />
        </div>
      </div>
      <NumbersTable label={label} barLabel={barLabel} series={series} bars={bars} />
    </figure>
  );
}

/** The names of the colours; while a bar is pointed at, its numbers beside them. */
function Legend({ series, pointed, line }: Pick<BarChartProps, "series" | "line"> & { readonly pointed: Bar | undefined }) {
  const { locale } = useUi();
  const numbers = new Intl.NumberFormat(locale);
  return (
    <div className="flex min-h-5 flex-wrap items-center gap-x-4 gap-y-1 text-sm text-ink-soft">
      {series.map(({ id, label, tone }, place) => (
        <span key={id} className="flex items-center gap-1.5">
          <span className={classNames("size-2.5 rounded-sm forced-color-adjust-none", paints[tone])} />
          {label}
          {pointed === undefined ? null : <span className="font-medium text-ink tabular-nums">{numbers.format(pointed.values[place] ?? 0)}</span>}
        </span>
      ))}
      {line === undefined ? null : (
        <span className="flex items-center gap-1.5">
          <span className="w-4 border-t border-dashed border-line-strong" />
          {line.label}
        </span>
      )}
      {pointed === undefined ? null : <span className="ml-auto font-medium text-ink tabular-nums">{pointed.label}</span>}
    </div>
  );
}

function Axis({ top }: { readonly top: number }) {
  const { locale } = useUi();
  const numbers = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  const marks = top === 1 ? [1, 0] : [top, top / 2, 0];
  return (
    <div className="flex h-36 flex-col justify-between text-right text-xs text-ink-faint tabular-nums">
      {marks.map((mark) => (
        <span key={mark} className="-my-2">
          {numbers.format(mark)}
        </span>
      ))}
    </div>
  );
}

const Grid = () => (
  <>
    <span className="absolute inset-x-0 top-0 border-t border-line" />
    <span className="absolute inset-x-0 top-1/2 border-t border-line" />
  </>
);

interface ColumnProps extends Pick<BarChartProps, "series"> {
  readonly bar: Bar;
  readonly top: number;
  readonly isPointedAt: boolean;
  readonly onPoint: () => void;
}

function Column({ bar, series, top, isPointedAt, onPoint }: ColumnProps) {
  return (
    <div onPointerEnter={onPoint} onPointerDown={onPoint} className={classNames("flex min-w-0 grow basis-0 flex-col-reverse px-px", isPointedAt && "bg-sunken")}>
      {series.map(({ id, tone }, place) => (
        <span
          key={id}
          className={classNames("min-h-px w-full rounded-t-[1px] forced-color-adjust-none transition-[height]", paints[tone], (bar.values[place] ?? 0) === 0 && "hidden")}
          style={{ height: `${((bar.values[place] ?? 0) / top) * 100}%` }}
        />
      ))}
    </div>
  );
}

function Labels({ bars }: Pick<BarChartProps, "bars">) {
  return (
    <div className="col-start-2 flex justify-between pt-1 text-xs text-ink-faint tabular-nums">
      {labelledPlaces(bars.length, mostLabels).map((place, index, all) => (
        <span key={place} className={classNames("whitespace-nowrap", index % 2 === 1 && all.length === mostLabels && "max-sm:hidden")}>
          {bars[place]?.shortLabel}
        </span>
      ))}
    </div>
  );
}

/** Behind a word that opens it. */
function NumbersTable({ label, barLabel, series, bars }: Omit<BarChartProps, "line">) {
  const { t, locale } = useUi();
  const numbers = new Intl.NumberFormat(locale);
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer rounded-sm text-ink-soft hover:text-ink">
        {t("asTable")}
        <span className="sr-only">: {label}</span>
      </summary>
      <div tabIndex={0} role="region" aria-label={label} className="mt-2 max-h-64 overflow-y-auto rounded-lg border border-line">
        <table className="w-full">
          <caption className="sr-only">{label}</caption>
          <thead className="sticky top-0 bg-sunken text-left text-ink-soft">
            <tr>
              <th scope="col" className="px-3 py-1.5 font-medium">
                {barLabel}
              </th>
              {series.map(({ id, label: name }) => (
                <th key={id} scope="col" className="px-3 py-1.5 text-right font-medium">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {bars.toReversed().map((bar) => (
              <tr key={bar.id} className="border-t border-line">
                <th scope="row" className="px-3 py-1 text-left font-normal whitespace-nowrap">
                  {bar.label}
                </th>
                {bar.values.map((value, place) => (
                  <td key={series[place]?.id} className="px-3 py-1 text-right tabular-nums">
                    {numbers.format(value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
