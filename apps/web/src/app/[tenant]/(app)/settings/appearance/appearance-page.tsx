"use client";

import { Card, Field, RadioGroup } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { themeFrom } from "../../../../../components/theme.ts";
import { useTheme } from "../../../../../components/use-theme.ts";

export function AppearancePage() {
  const t = useTranslations("identity.appearance");
  const { theme, setTheme } = useTheme();
  return (
    <Card title={t("title")} description={t("text")} className="max-w-xl">
      <Field label={t("theme")} isGroup>
        <RadioGroup
          value={theme}
          onChange={(value) => setTheme(themeFrom(value))}
          options={[
            { value: "system", label: t("system"), help: t("systemText") },
            { value: "light", label: t("light"), help: t("lightText") },
            { value: "dark", label: t("dark"), help: t("darkText") },
          ]}
        />
      </Field>
    </Card>
  );
}
