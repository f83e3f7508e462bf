import { ButtonLink, EmptyState } from "@atrium/ui";
import { SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { SupportCode } from "./support-code.tsx";

/** A path that is no company's. */
export function NoSuchCompany() {
  const t = useTranslations("common.notFound");
  const body = (
    <>
      <p>{t("companyText")}</p>
      <SupportCode code="tenant_not_found" />
    </>
  );
  return <EmptyState icon={<SearchX aria-hidden />} title={t("company")} body={body} action={<ButtonLink href="/">{t("enterCompany")}</ButtonLink>} />;
}
