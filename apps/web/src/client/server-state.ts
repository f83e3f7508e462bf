"use client";

import { useSyncExternalStore } from "react";
import { noteRateLimit } from "./rate-limit.ts";

/*
 * Whether the server answers. Every call tells what it met; once one meets nothing, the health route is asked until it
 * answers again.
 */

const firstWaitMs = 1_000;
const longestWaitMs = 5_000;

let isDown = false;
let newestRequestId: string | undefined;
const listeners = new Set<() => void>();

/** `fetch` that takes note of whether the server answered. What a proxy says in its place counts as no answer. */
export async function reachable(input: RequestInfo | URL | string, init?: RequestInit): Promise<Response> {
  try {
    const answer = await fetch(input, init);
    noteRateLimit(answer.headers);
    newestRequestId = answer.headers.get("x-request-id") ?? newestRequestId;
    if (isProxySpeaking(answer)) goDown();
    else comeBack();
    return answer;
  } catch (error) {
    const isOurs = error instanceof DOMException && error.name === "AbortError";
    if (!isOurs) goDown();
    throw error;
  }
}

/** The house answers 503 in JSON when it is busy, or as a problem; a proxy before a house that is down answers in its own words. */
function isProxySpeaking({ status, headers }: Response): boolean {
  return status >= 502 && status <= 504 && !/^application\/(problem\+)?json/.test(headers.get("content-type") ?? "");
}

/** The id of the newest answer, or of the page itself: what support looks for when the browser alone met the error. */
export const lastRequestId = (): string | undefined => newestRequestId ?? document.documentElement.dataset["requestId"];

function goDown(): void {
  if (isDown) return;
  setDown(true);
  void waitForServer();
}

function comeBack(): void {
  if (isDown) setDown(false);
}

function setDown(down: boolean): void {
  isDown = down;
  for (const listener of listeners) listener();
}

async function waitForServer(): Promise<void> {
  for (let waitMs = firstWaitMs; isDown; waitMs = Math.min(waitMs * 1.5, longestWaitMs)) {
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    if (await answersHealth()) comeBack();
  }
}

async function answersHealth(): Promise<boolean> {
  try {
    return (await fetch("/api/health", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

/** Calls back whenever the server goes or comes; answers how to stop that. */
export function onServerChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const isServerDown = (): boolean => isDown;

/** Whether the server is out of reach at the moment. */
export const useIsServerDown = (): boolean => useSyncExternalStore(onServerChange, isServerDown, () => false);
