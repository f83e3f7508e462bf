"use client";

import { Toaster, UiProvider } from "@atrium/ui";
import { useTranslations } from "next-intl";
import NextLink from "next/link";
import type { ReactNode } from "react";
import { useAppError } from "../client/use-app-error.ts";
import { LimitBanner } from "./limit-banner.tsx";
import { ServerDownBanner } from "./server-down-banner.tsx";

/** Round every page: the words and links of the design system, toasts, and the news that the server is out of reach or a limit reached. */
export function House({ children }: { readonly children: ReactNode }) {
  const t = useTranslations("ui");
  const explain = useAppError();
  return (
    <UiProvider t={t} link={NextLink} problemsOf={(error) => explain(error).problems}>
      <ServerDownBanner />
      <LimitBanner />
      {children}
      <Toaster />
    </UiProvider>
  );
}
