"use client";

import { Banner } from "@atrium/ui";
import { useTranslations } from "next-intl";
import type { Wait } from "../client/waits.ts";
import { Countdown } from "./countdown.tsx";
import { useLimitWords } from "./use-limit-words.ts";

/** Says over a form why it cannot be sent now, and when it can. */
export function WaitBanner({ wait: { code, until } }: { readonly wait: Wait }) {
  const t = useTranslations("limits");
  const limitWords = useLimitWords();
  const why = code === "session/too-many-tries" ? t("tooManyTries") : limitWords(code);
  return <Banner tone="attention" title={<Countdown until={until} words={(time) => `${why} ${t("waitTry", { time })}`} />} />;
}
