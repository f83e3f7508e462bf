"use client";

import { useSyncExternalStore } from "react";

/*
 * Some acts ask for a fresh proof of who the person is. Whoever calls such a door waits here while one dialog asks for it,
 * however many calls wait, and then calls once more. The form behind stays as it is.
 */

/** What a waiting call is told. `nobody`: nothing on this page could ask. */
export type ProofAnswer = "proved" | "cancelled" | "nobody";

let waiting: PromiseWithResolvers<ProofAnswer> | undefined;
let dialogs = 0;
const listeners = new Set<() => void>();

/** Waits until the person has proved who they are, or did not want to. */
export function askForProof(): Promise<ProofAnswer> {
  if (dialogs === 0) return Promise.resolve("nobody");
  const asked = (waiting ??= Promise.withResolvers<ProofAnswer>());
  tell();
  return asked.promise;
}

/** Tells everything that waits. */
export function settleProof(answer: ProofAnswer): void {
  const settled = waiting;
  waiting = undefined;
  tell();
  settled?.resolve(answer);
}

function tell(): void {
  for (const listener of listeners) listener();
}

/** Whether something waits for a proof. The dialog that asks for it is the one that listens. */
export const useIsProofWanted = (): boolean =>
  useSyncExternalStore(
    onProofWanted,
    isProofWanted,
    () => false,
  );

export const isProofWanted = (): boolean => waiting !== undefined;

/** Calls back whenever something begins or ceases to wait; whoever listens undertakes to ask. Answers how to stop that. */
export function onProofWanted(listener: () => void): () => void {
  dialogs += 1;
  listeners.add(listener);
  return () => {
    dialogs -= 1;
    listeners.delete(listener);
    // The page is left with its dialog: nobody answers any more.
    if (dialogs === 0) settleProof("cancelled");
  };
}
