"use client";

import { Banner } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useIsServerDown } from "../client/server-state.ts";

/** Says that the server is out of reach, over every page, for as long as that is so. */
export function ServerDownBanner() {
  const t = useTranslations("common.serverDown");
  const isDown = useIsServerDown();
  if (!isDown) return null;
  return (
    <div className="fixed inset-x-0 top-0 z-50 animate-appear p-2 sm:px-6 print:hidden">
      <Banner tone="attention" title={t("title")} className="mx-auto max-w-3xl shadow-lg">
        {t("text")}
      </Banner>
    </div>
  );
}
