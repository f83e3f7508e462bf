"use client";

import { Button, Dialog } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { settleRepeat, useRefusedWrites } from "../../client/repeats.ts";
import type { Refused } from "../../client/repeats.ts";
import { useSecondsLeft } from "../../client/use-seconds-left.ts";
import { Countdown } from "../countdown.tsx";
import { useLimitWords, useUndoneWords } from "../use-limit-words.ts";

/** Says what was not done because a limit of requests was met, and asks whether to repeat it. What stands behind it stays as it is. */
export function RepeatDialog() {
  const refused = useRefusedWrites();
  return refused === undefined ? null : <Asking refused={refused} />;
}

function Asking({ refused: { code, until, acts } }: { readonly refused: Refused }) {
  const t = useTranslations("limits");
  const limitWords = useLimitWords();
  const undoneWords = useUndoneWords();
  const isDue = useSecondsLeft(until) === 0;
  // A button that may be pressed is another one to the browser; whoever waited on the old one stays on it.
  const [isOnRepeat, setIsOnRepeat] = useState(false);
  return (
    <Dialog
      open
      onOpenChange={() => settleRepeat("left")}
      title={t("repeatTitle")}
      description={[...new Set(acts.map(undoneWords))].join(" ")}
      footer={
        <>
          <Button onClick={() => settleRepeat("left")}>{t("leave")}</Button>
          <Button
            key={isDue ? "repeat" : "wait"}
            variant="primary"
            disabledReason={isDue ? undefined : t("tooSoon")}
            onClick={() => settleRepeat("repeat")}
            onFocus={() => setIsOnRepeat(true)}
            onBlur={() => setIsOnRepeat(false)}
            autoFocus={isDue && isOnRepeat}
          >
            {t("repeat")}
          </Button>
        </>
      }
    >
      <p>
        {limitWords(code)} {t("kept")}
      </p>
      <p role="status" className="pt-2 font-medium">
        {isDue ? t("repeatNow") : <Countdown until={until} words={(time) => t("repeatIn", { time })} />}
      </p>
    </Dialog>
  );
}
