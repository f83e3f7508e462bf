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
      <div className="pointer-events-auto flex max-w-full animate-rise flex-wrap items-center gap-2 rounded-xl border border-line bg-raised py-1.5 pr-1.5 pl-3.5 shadow-lg">
        <p role="status" className="font-medium tabular-nums">
          {t("rowsSelected", { count })}
        </p>
        {children}
        <IconButton label={t("clearSelection")} icon={<X aria-hidden />} onClick={onClear} />
      </div>
    </div>
  );
}
