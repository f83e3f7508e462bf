"use client";

import Bowser from "bowser";
import { useTranslations } from "next-intl";

/** What a person would call a browser, from the way it names itself: "Firefox on Windows". */
export function useDeviceName(): (userAgent: string) => string {
  const t = useTranslations("account.devices");
  return (userAgent) => {
    // The library refuses to read nothing at all.
    const { browser, os } = Bowser.parse(userAgent === "" ? "unknown" : userAgent);
    if (browser.name === undefined || browser.name === "") return t("unknown");
    return os.name === undefined ? browser.name : t("browserOn", { browser: browser.name, system: os.name });
  };
}

/** Whether a browser runs on something one holds in the hand. */
export const isHandheld = (userAgent: string): boolean => ["mobile", "tablet"].includes(Bowser.parse(userAgent === "" ? "unknown" : userAgent).platform.type ?? "");
