"use client";

import { SlugAnswer } from "@atrium/identity/contract";
import { useEffect, useState } from "react";
import { asRefusal, fetchRoute } from "../../client/refusals.ts";
import { useAppError } from "../../client/use-app-error.ts";

/** So long somebody may think before the server is asked. */
const pauseMs = 350;

export interface SlugCheck {
  /** The address name that this is about. */
  readonly slug: string;
  /** Why it cannot be had, in a sentence; undefined when it can. */
  readonly problem: string | undefined;
}

/** Asks the server, as somebody types, whether a new company can have the address name. Undefined while it is not known. */
export function useSlugCheck(slug: string): SlugCheck | undefined {
  const explain = useAppError();
  const [answer, setAnswer] = useState<SlugCheck>();
  useEffect(() => {
    if (slug === "") return undefined;
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      try {
        const said = await fetchRoute(`/api/sign-up/slug?name=${encodeURIComponent(slug)}`, { signal: stop.signal });
        const { problem } = SlugAnswer.parse(await said.json());
        setAnswer({ slug, problem: problem === null ? undefined : explain(asRefusal(problem)).message });
      } catch {
        // What cannot be known now is said when the form is sent.
      }
    };
    const timer = setTimeout(() => void ask(), pauseMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [slug, explain]);
  return answer?.slug === slug ? answer : undefined;
}
