"use client";

import { useState } from "react";
import { shareLeft } from "./rate-limit.ts";

const quickestMs = 700;
const slowestMs = 4_000;
const growth = 1.4;

/**
 * How long to wait before asking once more how something goes: quick at first, for what is over in seconds, then slower,
 * because every question counts. Where less than half of what one may ask is left, slower still.
 */
export function paceMs(asked: number, share: number): number {
  const pace = Math.min(quickestMs * growth ** asked, slowestMs);
  return Math.round(pace / Math.min(1, Math.max(0.1, 2 * share)));
}

interface Asked {
  readonly state: { readonly dataUpdateCount: number };
}

/** Answers how long to wait before a query is asked anew about `subject`; another subject is quick again. */
export function usePace(): (query: Asked, subject: string) => number {
  const [pace] = useState(makePace);
  return pace;
}

function makePace() {
  let [known, before] = ["", 0];
  return ({ state }: Asked, subject: string): number => {
    if (subject !== known) [known, before] = [subject, state.dataUpdateCount];
    return paceMs(state.dataUpdateCount - before, shareLeft());
  };
}
