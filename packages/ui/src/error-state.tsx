"use client";

import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";

export interface ErrorStateProps {
  /** What happened. */
  readonly title: ReactNode;
  /** Why, as far as known, and what to do. */
  readonly message?: ReactNode;
  /** Small underneath, for support: "Request id 01J…", in the application's words. */
  readonly requestId?: ReactNode;
  readonly onRetry?: (() => void) | undefined;
  /** The words of the retry button; needed with `onRetry`, since an error boundary may stand outside `UiProvider`. */
  readonly retryLabel?: string | undefined;
  readonly children?: ReactNode;
}

/** Instead of a white page: what happened, why, what to do. Works outside `UiProvider`. */
export function ErrorState({ title, message, requestId, onRetry, retryLabel, children }: ErrorStateProps) {
  return (
    <div role="alert" className="flex flex-col items-center justify-center gap-1 px-6 py-14 text-center">
      <span aria-hidden className="mb-3 flex size-10 items-center justify-center rounded-lg bg-danger-soft text-danger">
        <CircleAlert className="size-5" />
      </span>
      <p className="text-lg font-semibold">{title}</p>
      {message === undefined ? null : <div className="max-w-prose text-balance text-ink-soft">{message}</div>}
      <div className="mt-4 flex flex-wrap items-center justify-center gap-2 empty:hidden">
        {onRetry === undefined || retryLabel === undefined ? null : (
          <Button variant="primary" onClick={onRetry}>
            {retryLabel}
          </Button>
        )}
        {children}
      </div>
      {requestId === undefined ? null : <p className="mt-4 text-xs text-ink-faint select-all">{requestId}</p>}
    </div>
  );
}
