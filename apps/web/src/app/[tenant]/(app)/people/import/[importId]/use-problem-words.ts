"use client";

import type { RowProblem } from "@atrium/people/contract";
import { useCallback } from "react";
import { RouteRefused } from "../../../../../../client/refusals.ts";
import { useAppError } from "../../../../../../client/use-app-error.ts";

/** The sentence of a row's problem: the same that a form would show. */
export function useProblemWords(): (problem: RowProblem) => string {
  const explain = useAppError();
  return useCallback(({ code, params }) => explain(new RouteRefused({ code, params, requestId: "" })).message, [explain]);
}
