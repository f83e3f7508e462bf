"use client";

import { VisuallyHidden } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { secondsLeft, useSecondsLeft } from "../client/use-seconds-left.ts";

/** From here on a person counts in minutes. */
const manySeconds = 100;

interface CountdownProps {
  /** When it is over, in ms by the browser's clock. */
  readonly until: number;
  /** The sentence, for so much time. */
  readonly words: (time: string) => string;
}

/** A sentence whose time runs down. It is seen to do so; a screen reader is told once, and not every second. */
export function Countdown(props: CountdownProps) {
  return (
    <>
      <Counting {...props} />
      <VisuallyHidden>
        <Told key={props.until} {...props} />
      </VisuallyHidden>
    </>
  );
}

/** The sentence as it is seen. */
export function Counting({ until, words }: CountdownProps) {
  const t = useTranslations("limits");
  const seconds = useSecondsLeft(until);
  return (
    <span aria-hidden className="tabular-nums">
      {words(seconds < manySeconds ? t("s", { count: seconds }) : t("min", { count: Math.ceil(seconds / 60) }))}
    </span>
  );
}

/** The sentence as it is heard: with the time that there was when it was first said. */
export function Told({ until, words }: CountdownProps) {
  const t = useTranslations("limits");
  const [seconds] = useState(() => secondsLeft(until));
  return words(seconds < manySeconds ? t("seconds", { count: seconds }) : t("minutes", { count: Math.ceil(seconds / 60) }));
}
