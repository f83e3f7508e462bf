import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export interface EmptyStateProps {
  /** A lucide icon. */
  readonly icon: ReactNode;
  readonly title: ReactNode;
  /** What would stand here and how it comes to be. */
  readonly body?: ReactNode;
  /** The button or link that starts it. */
  readonly action?: ReactNode;
  readonly className?: string | undefined;
}

/** Teaches what belongs here instead of showing nothing. */
export function EmptyState({ icon, title, body, action, className }: EmptyStateProps) {
  return (
    <div className={classNames("flex flex-col items-center justify-center gap-1 px-6 py-14 text-center", className)}>
      <span aria-hidden className="mb-3 flex size-10 items-center justify-center rounded-lg border border-line bg-sunken text-ink-soft [&_svg]:size-5">
        {icon}
      </span>
      <p className="text-lg font-semibold">{title}</p>
      {body === undefined ? null : <div className="max-w-prose text-balance text-ink-soft">{body}</div>}
      {action === undefined ? null : <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
