"use client";

import { useSyncExternalStore } from "react";

/*
 * A read that met a limit of requests waits here and is then made again by itself. All that wait for the same limit go on
 * in the same moment, so that what was one batch is one batch again.
 */

/** A limit that was met, and after how long the server wants to be asked again. */
export interface Limit {
  readonly code: string;
  readonly seconds: number;
}

/** A wait as it is shown. */
export interface Wait {
  readonly code: string;
  /** When it is over, in ms by the browser's clock. */
  readonly until: number;
}

interface Waiting extends Wait {
  readonly over: PromiseWithResolvers<undefined>;
}

const waits = new Map<string, Waiting>();
let longest: Wait | undefined;
const listeners = new Set<() => void>();

/** Waits until it is worth asking again. @param tries how often this call was refused: many tabs that come back drift apart */
export function waitOut({ code, seconds }: Limit, tries: number): Promise<undefined> {
  const until = Math.ceil(Date.now() + seconds * 1_000 + Math.random() * tries * 500);
  const known = waits.get(code);
  // The newest answer knows best how long it takes.
  if (known !== undefined && known.until >= until) return known.over.promise;
  const { over } = known ?? { over: Promise.withResolvers<undefined>() };
  waits.set(code, { code, until, over });
  if (known === undefined) goOnLater(code, until);
  tell();
  return over.promise;
}

function goOnLater(code: string, until: number): void {
  const look = (): void => {
    goOnIfDue();
    // It has become longer meanwhile, or the timer was early.
    const still = waits.get(code);
    if (still !== undefined) goOnLater(code, still.until);
  };
  setTimeout(look, Math.max(0, until - Date.now()));
}

/** Lets go on whatever has waited long enough. The timers of a tab that nobody sees are late: it is called as well when it is seen again. */
export function goOnIfDue(): void {
  const due = [...waits.values()].filter(({ until }) => until <= Date.now());
  for (const { code } of due) waits.delete(code);
  if (due.length > 0) tell();
  for (const { over } of due) over.resolve(undefined);
}

function tell(): void {
  longest = [...waits.values()].toSorted((one, other) => other.until - one.until)[0];
  for (const listener of listeners) listener();
}

/** The wait that takes longest; undefined while nothing waits. */
export const currentWait = (): Wait | undefined => longest;

function onWait(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The wait that takes longest; undefined while nothing waits. */
export const useCurrentWait = (): Wait | undefined => useSyncExternalStore(onWait, currentWait, () => undefined);
