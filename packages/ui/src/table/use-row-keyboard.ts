"use client";

import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import { stepRow } from "./rows.ts";

export interface RowKeyboard {
  /** Index of the row that `x` and `Enter` concern; -1 before the first key. */
  readonly active: number;
  readonly setActive: (index: number) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** Answers true once, to the row that a key has just led to: it then takes the focus. */
  readonly claimFocus: () => boolean;
}

/**
 * `j` and `k` (or the arrows) move along the rows, `x` selects, `Enter` opens. They work while the focus is in the
 * table and while it is nowhere in particular, never while somebody types.
 */
export function useRowKeyboard(count: number, onToggle: (index: number) => void, onOpen: (index: number) => void): RowKeyboard {
  const [active, setActive] = useState(-1);
  const isFocusWaiting = useRef(false);
  const claimFocus = useCallback(() => {
    const isWaiting = isFocusWaiting.current;
    isFocusWaiting.current = false;
    return isWaiting;
  }, []);
  const press = (key: string): boolean => {
    const step = stepOf(key);
    if (step !== undefined) {
      isFocusWaiting.current = true;
      setActive(stepRow(active, step, count));
      return true;
    }
    if (active < 0 || active >= count) return false;
    if (key === "x") onToggle(active);
    else if (key === "Enter") onOpen(active);
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isPlainKey(event.nativeEvent) && !isTaken(event) && press(event.key)) event.preventDefault();
  };
  const onDocumentKey = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (event.target === document.body && isPlainKey(event) && (event.key === "j" || event.key === "k") && press(event.key)) event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => {
      onDocumentKey(event);
    };
    document.addEventListener("keydown", listen);
    return () => {
      document.removeEventListener("keydown", listen);
    };
  }, []);
  return { active, setActive, onKeyDown, claimFocus };
}

function stepOf(key: string): 1 | -1 | undefined {
  if (key === "j" || key === "ArrowDown") return 1;
  return key === "k" || key === "ArrowUp" ? -1 : undefined;
}

function isPlainKey(event: globalThis.KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented;
}

/** Enter on a link or button within the row is theirs, and every key belongs to a field one types into. */
function isTaken(event: KeyboardEvent): boolean {
  if (!(event.target instanceof HTMLElement) || !event.currentTarget.contains(event.target)) return true;
  if (event.target.closest("input, textarea, select, [contenteditable=true]") !== null) return true;
  return event.key === "Enter" && event.target.closest("a, button") !== null;
}
