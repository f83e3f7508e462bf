"use client";

import { useSyncExternalStore } from "react";
import type { Limit, Wait } from "./waits.ts";

/*
 * A write that met a limit of requests was not done, and is never repeated by itself: who made it is asked, in one dialog
 * however many were refused. The form behind it stays as it is.
 */

/** What a refused write is told. `nobody`: nothing on this page could ask. */
export type RepeatAnswer = "repeat" | "left" | "nobody";

/** The writes that were refused, and when it is worth repeating them. */
export interface Refused extends Wait {
  /** What was not done: procedures and routes by their names, `payroll/run/start`. */
  readonly acts: readonly string[];
}

interface Question {
  readonly refused: Refused;
  readonly answer: PromiseWithResolvers<RepeatAnswer>;
}

let question: Question | undefined;
let dialogs = 0;
const listeners = new Set<() => void>();

/** Waits until the person has said whether it shall be done after all. */
export function askToRepeat({ code, seconds }: Limit, act: string): Promise<RepeatAnswer> {
  if (dialogs === 0) return Promise.resolve("nobody");
  const { refused, answer } = question ?? { answer: Promise.withResolvers<RepeatAnswer>() };
  const until = Math.max(refused?.until ?? 0, Date.now() + seconds * 1_000);
  question = { refused: { code, until, acts: [...new Set([...(refused?.acts ?? []), act])] }, answer };
  tell();
  return answer.promise;
}

/** Tells everything that waits for it. */
export function settleRepeat(said: RepeatAnswer): void {
  const settled = question;
  question = undefined;
  tell();
  settled?.answer.resolve(said);
}

function tell(): void {
  for (const listener of listeners) listener();
}

/** What was refused and not decided about. */
export const refusedWrites = (): Refused | undefined => question?.refused;

/** What was refused and not decided about. The dialog that asks about it is the one that listens. */
export const useRefusedWrites = (): Refused | undefined => useSyncExternalStore(onRefusedWrites, refusedWrites, () => undefined);

/** Calls back whenever something is refused or decided; whoever listens undertakes to ask. Answers how to stop that. */
export function onRefusedWrites(listener: () => void): () => void {
  dialogs += 1;
  listeners.add(listener);
  return () => {
    dialogs -= 1;
    listeners.delete(listener);
    // The page is left with its dialog: nobody answers any more.
    if (dialogs === 0) settleRepeat("left");
  };
}
