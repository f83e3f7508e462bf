"use client";

import { Banner } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { useIsServerDown } from "../client/server-state.ts";
import { goOnIfDue, useCurrentWait } from "../client/waits.ts";
import { Counting, Told } from "./countdown.tsx";
import { useLimitWords } from "./use-limit-words.ts";

/** Says over every page that what reads waits for a limit of requests, and when it goes on by itself. */
export function LimitBanner() {
  const t = useTranslations("limits");
  const limitWords = useLimitWords();
  const wait = useCurrentWait();
  const isDown = useIsServerDown();
  useEffect(() => {
    document.addEventListener("visibilitychange", goOnIfDue);
    return () => document.removeEventListener("visibilitychange", goOnIfDue);
  }, []);
  const goingOn = (time: string): string => t("goingOn", { time });
  return (
    <>
      {/* There before anything is said, or it would not be heard. */}
      <div role="status" className="sr-only">
        {wait === undefined ? null : (
          <>
            {limitWords(wait.code)} <Told key={wait.code} until={wait.until} words={goingOn} />
          </>
        )}
      </div>
      {wait === undefined || isDown ? null : (
        <div aria-hidden className="pointer-events-none fixed inset-x-0 top-0 z-50 animate-appear p-2 sm:px-6 print:hidden">
          <Banner title={limitWords(wait.code)} className="mx-auto max-w-3xl shadow-lg">
            <Counting until={wait.until} words={goingOn} /> {t("stays")}
          </Banner>
        </div>
      )}
    </>
  );
}
