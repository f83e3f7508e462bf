"use client";

import { useCallback, useSyncExternalStore } from "react";
import { trpc } from "../../../../../../client/trpc.ts";
import { lookAgainAfter } from "./pace.ts";

/** The company's usage, asked for again slowly while the page is in sight. */
export function useUsage() {
  return trpc.billing.usage.get.useQuery(undefined, {
    refetchInterval: ({ state: { data } }) => lookAgainAfter(data?.buckets ?? []),
    refetchOnWindowFocus: true,
  });
}

const secondMs = 1_000;

/** How many ms ago that moment was, to the second. 0 until the page is awake. */
export function useElapsed(moment: number): number {
  const subscribe = useCallback((onTick: () => void) => {
    const timer = window.setInterval(onTick, secondMs);
    return () => window.clearInterval(timer);
  }, []);
  const now = useSyncExternalStore(subscribe, () => Math.floor(Date.now() / secondMs), () => 0);
  return Math.max(0, now * secondMs - moment);
}
