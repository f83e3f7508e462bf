"use client";

import { ButtonLink, EmptyState } from "@atrium/ui";
import { SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTenantSlug } from "../../../client/tenant-client.tsx";

export default function NotFound() {
  const t = useTranslations("common");
  const home = `/${useTenantSlug()}`;
  return <EmptyState icon={<SearchX aria-hidden />} title={t("notFound.title")} body={t("notFound.text")} action={<ButtonLink href={home}>{t("goHome")}</ButtonLink>} />;
}
