"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../button.tsx";
import { useUi } from "../ui-provider.tsx";
import type { TablePaging } from "./types.ts";

interface TableFooterProps {
  readonly rowCount: number;
  readonly total: number | undefined;
  readonly paging: TablePaging | undefined;
}

/** Where in the list one is, and the ways back and on. */
export function TableFooter({ rowCount, total, paging }: TableFooterProps) {
  const { t } = useUi();
  const isPaged = paging?.onPrevious !== undefined || paging?.onNext !== undefined;
  return (
    <div className="flex min-h-11 items-center justify-between gap-4 border-t border-line px-3 py-1.5 text-sm text-ink-soft print:hidden">
      <p role="status" className="tabular-nums">
        <RangeText rowCount={rowCount} total={total} from={paging?.from} />
      </p>
      {isPaged ? (
        <div className="flex gap-2">
          <PageButton label={t("previousPage")} icon={<ChevronLeft aria-hidden />} onClick={paging.onPrevious} />
          <PageButton label={t("nextPage")} icon={<ChevronRight aria-hidden />} onClick={paging.onNext} />
        </div>
      ) : null}
    </div>
  );
}

function RangeText({ rowCount, total, from }: { readonly rowCount: number; readonly total: number | undefined; readonly from: number | undefined }) {
  const { t } = useUi();
  if (total === undefined || from === undefined || rowCount === 0) return t("rowCount", { count: total ?? rowCount });
  return t("rangeOfTotal", { from, to: from + rowCount - 1, total });
}

/** A way that does not exist is not shown, and keeps its place so that the other one does not jump under the pointer. */
function PageButton({ label, icon, onClick }: { readonly label: string; readonly icon: ReactNode; readonly onClick: (() => void) | undefined }) {
  return (
    <Button size="sm" icon={icon} onClick={onClick} className={onClick === undefined ? "invisible" : undefined}>
      {label}
    </Button>
  );
}
