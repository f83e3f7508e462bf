import { useTranslations } from "next-intl";

/** What support asks for first. */
export function SupportCode({ code }: { readonly code: string }) {
  const t = useTranslations("subscription");
  return <p className="text-sm text-ink-soft">{t("code", { code })}</p>;
}
