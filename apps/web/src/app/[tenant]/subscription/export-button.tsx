"use client";

import { Button } from "@atrium/ui";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useDownload } from "../../../client/use-download.ts";

/** Takes out everybody's record, which stays possible when nothing else is. */
export function ExportButton({ slug }: { readonly slug: string }) {
  const t = useTranslations("subscription.over");
  const { take, isLoading } = useDownload();
  return (
    <Button onClick={() => void take(`/${slug}/api/people/export`)} isLoading={isLoading} icon={<Download aria-hidden />}>
      {t("export")}
    </Button>
  );
}
