"use client";

import { Button, toast } from "@atrium/ui";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { download } from "../../../client/download.ts";
import { useAppError } from "../../../client/use-app-error.ts";

/** Takes out everybody's record, which stays possible when nothing else is. */
export function ExportButton({ slug }: { readonly slug: string }) {
  const t = useTranslations("subscription.over");
  const explain = useAppError();
  const [isBusy, setIsBusy] = useState(false);
  const take = async (): Promise<void> => {
    setIsBusy(true);
    await download(`/${slug}/api/people/export`).catch((error: unknown) => toast.error(explain(error).message));
    setIsBusy(false);
  };
  return (
    <Button onClick={() => void take()} isLoading={isBusy} icon={<Download aria-hidden />}>
      {t("export")}
    </Button>
  );
}
