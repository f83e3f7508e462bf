"use client";

import { exportNeeds } from "@atrium/identity/contract";
import type { Company } from "@atrium/identity/contract";
import { covers } from "@atrium/kernel";
import { Banner, Button, Card, SkeletonText, TimeText, toast } from "@atrium/ui";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { download } from "../../../../../client/download.ts";
import { useTenantSlug } from "../../../../../client/tenant-client.tsx";
import { trpc } from "../../../../../client/trpc.ts";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { useMe } from "../../../../../components/frame/me.ts";
import { QueryError } from "../../../../../components/query-error.tsx";
import { CompanyForm } from "./company-form.tsx";
import { DeleteDialog } from "./delete-dialog.tsx";

/** What the company is called, all it has as one file, and its end. */
export function CompanyPage() {
  const company = trpc.identity.company.get.useQuery();
  if (company.error) return <QueryError error={company.error} onRetry={() => void company.refetch()} />;
  if (company.data === undefined) return <SkeletonText lines={8} />;
  return (
    <div className="flex max-w-2xl flex-col gap-4">
      <CompanyForm company={company.data} />
      <ExportCard company={company.data} />
      <DeleteCard company={company.data} />
    </div>
  );
}

function ExportCard({ company }: { readonly company: Company }) {
  const t = useTranslations("company.settings");
  const slug = useTenantSlug();
  const explain = useAppError();
  const utils = trpc.useUtils();
  const { grants } = useMe();
  const seesAll = exportNeeds.every((permission) => covers(grants[permission], "tenant"));
  const [isExporting, setIsExporting] = useState(false);
  const [failure, setFailure] = useState<string>();
  const exportAll = async (): Promise<void> => {
    setIsExporting(true);
    setFailure(undefined);
    try {
      await download(`/${slug}/api/company/export`);
      await utils.identity.company.get.invalidate();
      toast.success(t("exported"));
    } catch (error) {
      setFailure(explain(error).message);
    } finally {
      setIsExporting(false);
    }
  };
  return (
    <Card title={t("exportTitle")} description={t("exportText")}>
      <div className="flex flex-col gap-3">
        {failure === undefined ? null : <Banner tone="danger" title={failure} />}
        <p className="text-ink-soft">
          {t("lastExport")}: {company.exportedAt === null ? t("never") : <TimeText instant={company.exportedAt} timeZone={company.timeZone} />}
        </p>
        <div>
          <Button icon={<Download aria-hidden />} disabledReason={seesAll ? undefined : t("exportBeyond")} isLoading={isExporting} loadingLabel={t("exporting")} onClick={() => void exportAll()}>
            {t("export")}
          </Button>
        </div>
      </div>
    </Card>
  );
}

function DeleteCard({ company }: { readonly company: Company }) {
  const t = useTranslations("company.settings");
  const [isAsking, setIsAsking] = useState(false);
  return (
    <Card title={t("deleteTitle")} description={t("deleteText")}>
      <Button variant="danger" disabledReason={company.deletableUntil === null ? t("deleteFirst") : undefined} onClick={() => setIsAsking(true)}>
        {t("delete")}
      </Button>
      {company.deletableUntil === null ? <p className="mt-2 text-sm text-ink-soft">{t("deleteFirst")}</p> : null}
      {isAsking ? <DeleteDialog company={company} onClose={() => setIsAsking(false)} /> : null}
    </Card>
  );
}
