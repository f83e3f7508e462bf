import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export interface KeyValueItem {
  readonly key: string;
  readonly label: ReactNode;
  readonly value: ReactNode;
}

/** Facts about one thing, name beside value; one column on a phone. */
export function KeyValueList({ items, columns = 1, className }: { readonly items: readonly KeyValueItem[]; readonly columns?: 1 | 2 | undefined; readonly className?: string | undefined }) {
  return (
    <dl className={classNames("grid gap-x-8", columns === 2 && "sm:grid-cols-2", className)}>
      {items.map((item) => (
        <div key={item.key} className="grid grid-cols-[minmax(7rem,2fr)_3fr] gap-3 border-b border-line py-2 last:border-b-0">
          <dt className="text-ink-soft">{item.label}</dt>
          <dd className="min-w-0 break-words">{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
