"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "../button.tsx";
import { useUi } from "../ui-provider.tsx";

interface BulkBarProps {
  readonly count: number;
  readonly onClear: () => void;
  readonly children: ReactNode;
}

/** What can be done with the selected rows; floats at the bottom of the table while there are any. */
export function BulkBar({ count, onClear, children }: BulkBarProps) {
  const { t } = useUi();
  return (
    <div className="pointer-events-none sticky bottom-4 z-20 -mt-2 flex justify-center max-sm:bottom-18 print:hidden">
      <div className="pointer-events-auto flex max-w-full animate-rise flex-wrap items-center gap-2 rounded-xl border border-line bg-raised p-1.5 shadow-lg">
        <IconButton size="sm" label={t("clearSelection")} icon={<X aria-hidden />} onClick={onClear} />
        <p role="status" className="mr-2 font-medium whitespace-nowrap tabular-nums">
          {t("rowsSelected", { count })}
        </p>
        <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:[&>*]:grow">{children}</div>
      </div>
    </div>
  );
}
