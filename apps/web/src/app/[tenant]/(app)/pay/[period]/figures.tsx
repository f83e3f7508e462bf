import type { ReactNode } from "react";

export interface Figure {
  readonly label: string;
  readonly value: ReactNode;
  readonly detail?: ReactNode;
}

/** A few figures beside each other that belong to one thing and lead nowhere. */
export function Figures({ items }: { readonly items: readonly Figure[] }) {
  return (
    <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-[repeat(auto-fit,minmax(9rem,1fr))]">
      {items.map(({ label, value, detail }) => (
        <div key={label} className="flex min-w-0 flex-col gap-0.5 max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:items-baseline max-sm:gap-x-3">
          <dt className="text-ink-soft">{label}</dt>
          <dd className="text-xl font-semibold tracking-tight tabular-nums max-sm:text-lg">{value}</dd>
          {detail === undefined ? null : <dd className="text-sm text-ink-soft tabular-nums max-sm:col-span-2 max-sm:text-right">{detail}</dd>}
        </div>
      ))}
    </dl>
  );
}
