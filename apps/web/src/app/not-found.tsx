import { ButtonLink, EmptyState } from "@atrium/ui";
import { SearchX } from "lucide-react";
import { getTranslations } from "next-intl/server";

export default async function NotFound() {
  const t = await getTranslations("common.notFound");
  const goHome = (await getTranslations("common"))("goHome");
  return (
    <main className="flex min-h-dvh flex-col justify-center">
      <EmptyState icon={<SearchX aria-hidden />} title={t("title")} body={t("text")} action={<ButtonLink href="/">{goHome}</ButtonLink>} />
    </main>
  );
}
