import type { Metadata, Viewport } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getTranslations } from "next-intl/server";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { House } from "../components/house.tsx";
import { themeCookie, themeFrom } from "../components/theme.ts";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common");
  return { title: { default: t("appName"), template: `%s · ${t("appName")}` }, description: t("appDescription") };
}

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

/** Reading the cookie makes every page a page of its request, which it must be for its scripts to carry that request's nonce. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const theme = themeFrom((await cookies()).get(themeCookie)?.value);
  const requestId = (await headers()).get("x-request-id") ?? undefined;
  return (
    <html lang="en-IN" data-theme={theme === "system" ? undefined : theme} data-request-id={requestId} suppressHydrationWarning>
      <body>
        <NextIntlClientProvider>
          <House>{children}</House>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
