"use client";

import { isSensitive } from "@atrium/people/contract";
import type { HistoryPage } from "@atrium/people/contract";
import { formatDate, isPlainDate } from "@atrium/kernel";
import { Button, Card, EmptyState, SkeletonText, TimeText } from "@atrium/ui";
import { History } from "lucide-react";
import { useTranslations } from "next-intl";
import { trpc } from "../../../../../client/trpc.ts";
import { useMe } from "../../../../../components/frame/me.ts";
import { QueryError } from "../../../../../components/query-error.tsx";

type Entry = HistoryPage["items"][number];

/** Who changed what, the newest first. */
export function EmployeeHistory({ id }: { readonly id: string }) {
  const t = useTranslations("people.history");
  const pages = trpc.people.employee.history.useInfiniteQuery({ id, limit: 20 }, { getNextPageParam: ({ next }) => next });
  if (pages.isPending) return <SkeletonText lines={5} />;
  if (pages.error) return <QueryError error={pages.error} onRetry={() => void pages.refetch()} />;
  const entries = pages.data.pages.flatMap(({ items }) => items);
  if (entries.length === 0) return <EmptyState icon={<History aria-hidden />} title={t("empty")} body={t("emptyText")} />;
  return (
    <Card className="max-w-3xl">
      <ol className="flex flex-col">
        {entries.map((entry) => (
          <HistoryEntry key={entry.id} entry={entry} />
        ))}
      </ol>
      {pages.hasNextPage ? (
        <Button className="mt-3" isLoading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("more")}
        </Button>
      ) : null}
    </Card>
  );
}

function HistoryEntry({ entry }: { readonly entry: Entry }) {
  const t = useTranslations("people.history");
  const { tenant } = useMe();
  const { at, by, action, changes, reason } = entry;
  const isImport = reason?.startsWith("import ") === true;
  return (
    <li className="border-b border-line py-3 first:pt-0 last:border-b-0 last:pb-0">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{by ?? t("bySystem")}</span>
        <ActionWords action={action} changes={changes} />
        {isImport ? <span className="text-ink-soft">{t("byImport")}</span> : null}
        <span className="ml-auto text-sm text-ink-soft max-sm:ml-0 max-sm:w-full">
          <TimeText instant={at} timeZone={tenant.timeZone} />
        </span>
      </p>
      {action === "employee.update" ? <Changes changes={changes} /> : null}
      {action === "employee.reveal" && reason !== null ? <p className="mt-1 break-words text-ink-soft">{reason}</p> : null}
    </li>
  );
}

function ActionWords({ action, changes }: Pick<Entry, "action" | "changes">) {
  const t = useTranslations("people.history");
  const field = useTranslations("people.fields");
  if (action === "employee.create") return t("create");
  const seen = changes[0]?.after ?? "";
  if (action === "employee.reveal") return t("reveal", { field: field(isSensitive(seen) ? seen : "pan") });
  return t("update");
}

function Changes({ changes }: Pick<Entry, "changes">) {
  const t = useTranslations("people.history");
  const name = useFieldName();
  const value = useFieldValue();
  return (
    <ul className="mt-1 flex flex-col gap-0.5">
      {changes.map(({ field, before, after, isSealed }) => (
        <li key={field} className="break-words">
          <span className="text-ink-soft">{name(field)}:</span>{" "}
          {isSealed ? (
            t("changed")
          ) : (
            <>
              {value(field, after)} <span className="text-ink-soft">({t("was")} {value(field, before)})</span>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

const fieldNames = [
  "code", "fullName", "email", "phone", "gender", "dateOfBirth", "joinedOn", "leftOn", "designation", "departmentId", "locationId", "managerId",
  "pan", "uan", "aadhaar", "bankAccount", "bankIfsc",
] as const;

function useFieldName() {
  const t = useTranslations("people.fields");
  return (field: string): string => {
    const known = fieldNames.find((name) => name === field);
    return known === undefined ? field : t(known);
  };
}

function useFieldValue() {
  const t = useTranslations("people");
  return (field: string, value: string | null): string => {
    if (value === null) return t("history.nothing");
    if (field === "gender" && (value === "female" || value === "male" || value === "other" || value === "undisclosed")) return t(`genders.${value}`);
    return isPlainDate(value) ? formatDate(value) : value;
  };
}
