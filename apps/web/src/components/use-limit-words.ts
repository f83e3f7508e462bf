"use client";

import { useMessages, useTranslations } from "next-intl";
import { useCallback } from "react";

/** Who or what is at a limit of requests, in a sentence: by the code that the server gave. */
export function useLimitWords(): (code: string) => string {
  const t = useTranslations("limits.reached");
  const { reached } = useMessages().limits;
  return useCallback(
    (code) => {
      const isKnown = (name: string): name is keyof typeof reached => Object.hasOwn(reached, name);
      const name = code.replace("limits/", "");
      return t(isKnown(name) ? name : "unknown");
    },
    [t, reached],
  );
}

/** What was not done, in a sentence: by the name of the procedure or route that was refused. */
export function useUndoneWords(): (act: string) => string {
  const t = useTranslations("limits");
  const { undone } = useMessages().limits;
  return useCallback(
    (act) => {
      const isKnown = (name: string): name is keyof typeof undone => Object.hasOwn(undone, name);
      return isKnown(act) ? t(`undone.${act}`) : t("undoneUnknown");
    },
    [t, undone],
  );
}
