import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { outboxFolder } from "../../server/outbox.ts";

export const generateMetadata = async () => ({ title: (await getTranslations("common.outbox"))("title") });

export default async function Layout({ children }: { readonly children: ReactNode }) {
  if ((await outboxFolder()) === undefined) notFound();
  return <main className="mx-auto flex min-h-dvh w-full max-w-3xl flex-col gap-5 px-4 py-6 sm:px-6">{children}</main>;
}
