"use client";

import { states } from "@atrium/people/contract";
import { useTranslations } from "next-intl";

/** `KA` → Karnataka. */
export function useStateName(): (code: string) => string {
  const t = useTranslations("people.states");
  return (code) => {
    const known = states.find((state) => state === code);
    return known === undefined ? code : t(known);
  };
}
