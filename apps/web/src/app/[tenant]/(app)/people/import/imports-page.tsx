"use client";

import { importColumns } from "@atrium/people/contract";
import { Card, PageHeader } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useTenantSlug } from "../../../../../client/tenant-client.tsx";
import { Trail } from "../../../../../components/frame/trail.tsx";
import { ImportSteps } from "./import-steps.tsx";
import { RecentImports } from "./recent-imports.tsx";
import { UploadForm } from "./upload-form.tsx";

/** The first step of an import, what a file must look like, and the imports before. */
export function ImportsPage() {
  const t = useTranslations("people");
  const slug = useTenantSlug();
  return (
    <>
      <Trail items={[{ label: t("title"), href: `/${slug}/people` }, { label: t("import.title") }]} />
      <PageHeader title={t("import.title")} description={t("import.text")} />
      <ImportSteps />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <Card>
          <UploadForm />
        </Card>
        <Card title={t("import.columnsTitle")} description={t("import.columnsText")}>
          <KnownColumns />
        </Card>
      </div>
      <RecentImports />
    </>
  );
}

function KnownColumns() {
  const t = useTranslations("people.import");
  return (
    <ul className="columns-2 gap-6">
      {Object.values(importColumns).map(({ header, isRequired }) => (
        <li key={header} className="py-0.5">
          {header}
          {isRequired ? <span className="text-sm text-ink-soft"> · {t("required")}</span> : null}
        </li>
      ))}
    </ul>
  );
}
