"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { refusalOf } from "./refusals.ts";

/** Somebody has tried too often: a sentence that counts the seconds down; undefined when one may try (again). */
export function useWait() {
  const t = useTranslations("identity");
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = window.setTimeout(() => setLeft(left - 1), 1000);
    return () => window.clearTimeout(timer);
  }, [left]);
  /** Begins to count when that is what the server said; answers whether it was. */
  const waitFor = (error: unknown): boolean => {
    const { code, params } = refusalOf(error) ?? {};
    if (code !== "session/too-many-tries") return false;
    setLeft(Number(params?.["seconds"] ?? 1));
    return true;
  };
  return { wait: left > 0 ? t("wait", { seconds: left }) : undefined, waitFor };
}
