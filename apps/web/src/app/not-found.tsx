import { ButtonLink, EmptyState } from "@atrium/ui";
import { SearchX } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { headers } from "next/headers";
import { NoSuchCompany } from "../components/no-such-company.tsx";

export default async function NotFound() {
  const t = await getTranslations("common.notFound");
  const goHome = (await getTranslations("common"))("goHome");
  // Below a company's path everything but the company itself has a page of its own to say so.
  const isCompany = (await headers()).has("x-tenant-claimed");
  return (
    <main className="flex min-h-dvh flex-col justify-center">
      {isCompany ? <NoSuchCompany /> : <EmptyState icon={<SearchX aria-hidden />} title={t("title")} body={t("text")} action={<ButtonLink href="/">{goHome}</ButtonLink>} />}
    </main>
  );
}
