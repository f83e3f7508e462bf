"use client";

import { useState } from "react";
import { refusalOf } from "./refusals.ts";
import { useSecondsLeft } from "./use-seconds-left.ts";
import type { Wait } from "./waits.ts";

const nothing: Wait = { code: "", until: 0 };

/** A form that was refused because somebody tried too often, or a limit was met: for how long; undefined when one may try (again). */
export function useWait() {
  const [wait, setWait] = useState(nothing);
  const isOver = useSecondsLeft(wait.until) === 0;
  /** Begins to count when that is what the server said; answers whether it was. */
  const waitFor = (error: unknown): boolean => {
    const { code = "", params } = refusalOf(error) ?? {};
    const seconds = params?.["seconds"];
    if ((code !== "session/too-many-tries" && !code.startsWith("limits/")) || typeof seconds !== "number") return false;
    setWait({ code, until: Date.now() + seconds * 1_000 });
    return true;
  };
  return { wait: isOver ? undefined : wait, waitFor };
}
