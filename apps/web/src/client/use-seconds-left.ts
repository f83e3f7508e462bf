"use client";

import { useCallback, useSyncExternalStore } from "react";

const tickMs = 250;

/** A tab that is seen again must not show what was true when it was left. */
function onTick(listener: () => void): () => void {
  const timer = window.setInterval(listener, tickMs);
  document.addEventListener("visibilitychange", listener);
  return () => {
    window.clearInterval(timer);
    document.removeEventListener("visibilitychange", listener);
  };
}

const never = (): void => undefined;

/** Whole seconds until a moment of the browser's clock; 0 once it has come. */
export const secondsLeft = (until: number): number => Math.max(0, Math.ceil((until - Date.now()) / 1_000));

/** The same as it runs down. */
export function useSecondsLeft(until: number): number {
  const subscribe = useCallback((listener: () => void) => (secondsLeft(until) > 0 ? onTick(listener) : never), [until]);
  return useSyncExternalStore(subscribe, () => secondsLeft(until), () => 0);
}
