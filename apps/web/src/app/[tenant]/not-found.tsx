import { ButtonLink, EmptyState } from "@atrium/ui";
import { SearchX } from "lucide-react";
import { getTranslations } from "next-intl/server";

/** No such company. */
export default async function NotFound() {
  const t = await getTranslations("common.notFound");
  return (
    <main className="flex min-h-dvh flex-col justify-center">
      <EmptyState icon={<SearchX aria-hidden />} title={t("company")} body={t("companyText")} action={<ButtonLink href="/">{t("enterCompany")}</ButtonLink>} />
    </main>
  );
}
