"use client";

import type { AuditItem, AuditRecord } from "@atrium/identity/contract";
import { Button, KeyValueList, Sheet, SkeletonText } from "@atrium/ui";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { QueryError } from "../../../../../components/query-error.tsx";
import { RecordLink } from "./record-link.tsx";
import { useWho } from "./use-audit-columns.tsx";
import type { AuditFilterState } from "./use-audit-filter.ts";
import { spelledAction, spelledUtc, spelledValue } from "./words.ts";

interface AuditRowSheetProps {
  readonly item: AuditItem;
  readonly onClose: () => void;
  readonly onFilter: AuditFilterState["set"];
}

/** All that one row holds, and ways to what belongs to it. */
export function AuditRowSheet({ item, onClose, onFilter }: AuditRowSheetProps) {
  const t = useTranslations("identity.audit");
  const row = trpc.identity.audit.get.useQuery({ seq: item.seq }, { staleTime: Infinity });
  const follow = (changes: Parameters<typeof onFilter>[0]) => () => {
    onFilter(changes);
    onClose();
  };
  const person = item.actor.id ?? item.onBehalfOf?.id;
  return (
    <Sheet
      open
      size="lg"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={spelledAction(item.action)}
      description={t("rowNumber", { seq: item.seq })}
      footer={
        <>
          {person == null ? null : <Button onClick={follow({ actor: person })}>{t("allByPerson")}</Button>}
          <Button onClick={follow({ entity: item.entity, action: "", entityId: item.entityId })}>{t("allOfRecord")}</Button>
          {row.data === undefined ? null : <Button onClick={follow({ requestId: row.data.requestId })}>{t("allOfRequest")}</Button>}
        </>
      }
    >
      {row.isPending ? <SkeletonText lines={12} /> : null}
      {row.error ? <QueryError error={row.error} onRetry={() => void row.refetch()} /> : null}
      {row.data === undefined ? null : <Whole row={row.data} />}
    </Sheet>
  );
}

function Whole({ row }: { readonly row: AuditRecord }) {
  const t = useTranslations("identity.audit");
  const { name, detail } = useWho()(row);
  const quiet = <span className="text-ink-faint">–</span>;
  const code = (text: string) => <code className="font-mono text-xs break-all">{text}</code>;
  const fact = (key: "who" | "when" | "record" | "reason" | "where" | "browser" | "session" | "request" | "hash" | "prevHash", value: ReactNode) => ({ key, label: t(key), value });
  return (
    // It can take the focus, because a sheet without a link in it could not be scrolled by keyboard otherwise.
    <section aria-label={t("details")} tabIndex={0} className="flex flex-col gap-5 rounded-md">
      <Changes before={row.before} after={row.after} />
      <KeyValueList
        items={[
          fact("who", detail === undefined ? name : `${name} (${detail})`),
          fact(
            "when",
            <span className="flex flex-col tabular-nums">
              <span>{row.atLocal.replace("T", " ")}</span>
              <span className="text-ink-soft">{t("utc", { time: spelledUtc(row.at) })}</span>
            </span>,
          ),
          fact("record", <RecordLink {...row} />),
          fact("reason", row.reason ?? quiet),
          fact("where", row.address ?? quiet),
          fact("browser", row.userAgent ?? quiet),
          fact("session", row.sessionId ? code(row.sessionId) : quiet),
          fact("request", code(row.requestId)),
          fact("hash", code(row.hash)),
          fact("prevHash", code(row.prevHash)),
        ]}
      />
    </section>
  );
}

function Changes({ before, after }: Pick<AuditRecord, "before" | "after">) {
  const t = useTranslations("identity.audit");
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (fields.length === 0) return <p className="text-ink-soft">{t("noChanges")}</p>;
  return (
    <table className="w-full table-fixed border-collapse text-left">
      <thead className="text-sm text-ink-soft">
        <tr>
          <th className="w-1/4 pb-1 font-medium">{t("field")}</th>
          <th className="pb-1 pl-3 font-medium">{t("before")}</th>
          <th className="pb-1 pl-3 font-medium">{t("after")}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field} className="border-t border-line align-top">
            <th scope="row" className="py-1.5 font-normal wrap-anywhere text-ink-soft">
              {field}
            </th>
            <Value values={before} field={field} />
            <Value values={after} field={field} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ values, field }: { readonly values: AuditRecord["before"]; readonly field: string }) {
  const value = values?.[field];
  const text = value === undefined || value === null ? "–" : spelledValue(value);
  return <td className="py-1.5 pl-3 wrap-anywhere whitespace-pre-wrap">{text}</td>;
}
