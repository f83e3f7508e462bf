"use client";

import type { ImportRecord } from "@atrium/people/contract";
import { Banner, PageHeader, SkeletonText, Stat, StatGrid } from "@atrium/ui";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { useTenantSlug } from "../../../../../../client/tenant-client.tsx";
import { trpc } from "../../../../../../client/trpc.ts";
import { usePace } from "../../../../../../client/use-pace.ts";
import { Trail } from "../../../../../../components/frame/trail.tsx";
import { QueryError } from "../../../../../../components/query-error.tsx";
import { ImportSteps } from "../import-steps.tsx";
import { ImportStatusBadge } from "../recent-imports.tsx";
import { CommitChoice } from "./commit-choice.tsx";
import { ImportMenu } from "./import-menu.tsx";
import { ImportOutcome } from "./import-outcome.tsx";
import { ImportProgress } from "./import-progress.tsx";
import { ImportRows } from "./import-rows.tsx";
import { useFate, useImportRows } from "./use-import-rows.ts";

const isWorking = ({ status }: ImportRecord): boolean => status === "uploaded" || status === "checking" || status === "committing";

/** One import from its check to its end. */
export function ImportPage({ id }: { readonly id: string }) {
  const t = useTranslations("people");
  const slug = useTenantSlug();
  const pace = usePace();
  const found = trpc.people.import.get.useQuery(
    { id },
    { refetchInterval: (asked) => (asked.state.data && isWorking(asked.state.data) ? pace(asked, asked.state.data.status) : false) },
  );
  // Asked together with the import, and not after it.
  useImportRows(id, useFate(), 0);
  useRefreshAtTheEnd(found.data);
  return (
    <>
      <Trail
        items={[
          { label: t("title"), href: `/${slug}/people` },
          { label: t("import.title"), href: `/${slug}/people/import` },
          { label: found.data?.fileName ?? "…" },
        ]}
      />
      {found.isPending ? <SkeletonText lines={6} /> : null}
      {found.error ? <QueryError error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data ? <Import record={found.data} /> : null}
    </>
  );
}

/** What the check or the commit has written is asked for anew once it has ended. */
function useRefreshAtTheEnd(record: ImportRecord | undefined): void {
  const utils = trpc.useUtils();
  const isAtWork = record === undefined ? undefined : isWorking(record);
  const wasAtWork = useRef(isAtWork);
  useEffect(() => {
    if (wasAtWork.current === true && isAtWork === false) {
      void utils.people.import.rows.invalidate();
      void utils.people.import.list.invalidate();
      void utils.people.employee.invalidate();
    }
    wasAtWork.current = isAtWork;
  }, [isAtWork, utils]);
}

function Import({ record }: { readonly record: ImportRecord }) {
  const hasRows = !record.isForgotten && (record.checkedAt !== null || record.createdRows > 0);
  return (
    <>
      <PageHeader title={record.fileName} status={<ImportStatusBadge status={record.status} />} action={<ImportMenu record={record} />} />
      <ImportSteps record={record} />
      {isWorking(record) ? <ImportProgress record={record} /> : null}
      <ImportOutcome record={record} />
      <UnknownColumns record={record} />
      {hasRows && !isWorking(record) ? <Counts record={record} /> : null}
      {record.status === "checked" && record.goodRows > 0 ? <CommitChoice record={record} /> : null}
      {hasRows && record.status !== "committing" ? <ImportRows record={record} /> : null}
    </>
  );
}

function UnknownColumns({ record }: { readonly record: ImportRecord }) {
  const t = useTranslations("people.import");
  const unknown = record.headers?.unknown ?? [];
  if (unknown.length === 0 || record.status === "done") return null;
  return <Banner tone="attention" title={t("unknownColumns", { count: unknown.length, columns: unknown.join(", ") })} />;
}

/** The numbers add up: good and bad rows are the rows of the file. Each opens the rows that it counts. */
function Counts({ record }: { readonly record: ImportRecord }) {
  const t = useTranslations("people.import");
  const { number } = useFormatter();
  const { totalRows, goodRows, badRows, createdRows, status } = record;
  const isOver = status === "done" || createdRows > 0;
  return (
    <StatGrid>
      <Stat label={t("total")} value={number(totalRows)} href="?" />
      <Stat label={isOver ? t("created") : t("good")} value={number(isOver ? createdRows : goodRows)} href="?fate=create" />
      <Stat label={t("bad")} value={number(badRows)} href="?fate=refuse" tone={badRows > 0 ? "attention" : "neutral"} />
    </StatGrid>
  );
}
