"use client";

import type { PreviewChange } from "@atrium/billing/contract";
import { keepPreviousData } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { trpc } from "../../../../../../client/trpc.ts";

const settledMs = 400;

/** What a change would be. Asked once nobody has chosen anything else for a moment: each question counts as a request. */
export function usePreview(wanted: PreviewChange) {
  const { plan, seats } = wanted;
  const [asked, setAsked] = useState(wanted);
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked({ plan, seats }), settledMs);
    return () => window.clearTimeout(timer);
  }, [plan, seats]);
  const isSettled = asked.plan === plan && asked.seats === seats;
  const preview = trpc.billing.subscription.preview.useQuery(asked, { placeholderData: keepPreviousData, staleTime: 0 });
  /** False while what is shown is of an earlier choice. */
  const isCurrent = isSettled && !preview.isPlaceholderData && preview.data !== undefined;
  return { preview, isCurrent };
}
