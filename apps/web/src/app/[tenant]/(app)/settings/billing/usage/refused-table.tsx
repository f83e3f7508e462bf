"use client";

import type { UsageDto } from "@atrium/billing/contract";
import { DataTable, Person } from "@atrium/ui";
import type { DataTableColumn } from "@atrium/ui";
import { useFormatter, useTranslations } from "next-intl";
import { useMemo } from "react";

type Refused = UsageDto["refusedFor"][number];

/** What was refused in the last thirty days, and for whom: at least one thing. */
export function RefusedTable({ refused }: { readonly refused: readonly Refused[] }) {
  const t = useTranslations("billing.usage");
  const nameOf = ({ name }: Refused): string => name ?? t("gone");
  return (
    <DataTable<Refused>
      label={t("refusedTitle")}
      columns={useRefusedColumns()}
      rows={refused}
      rowId={({ memberId, bucket }) => `${memberId ?? ""} ${bucket}`}
      rowName={nameOf}
      empty={null}
      isPlain
    />
  );
}

function useRefusedColumns(): readonly DataTableColumn<Refused>[] {
  const t = useTranslations("billing.usage");
  const { number } = useFormatter();
  return useMemo(
    () => [
      { id: "member", header: t("member"), mobile: "title", cell: ({ name }) => <Name name={name} /> },
      { id: "bucket", header: t("limit"), width: 230, cell: ({ bucket }) => <span className="whitespace-nowrap">{t(`buckets.${bucket}`)}</span> },
      { id: "count", header: t("refused"), align: "end", width: 110, cell: ({ count }) => number(count) },
    ],
    [t, number],
  );
}

/** Long names are cut before they push the numbers out of the card. */
function Name({ name }: Pick<Refused, "name">) {
  const t = useTranslations("billing.usage");
  if (name === null) return <span className="text-ink-soft">{t("gone")}</span>;
  return (
    <div className="max-w-md" title={name}>
      <Person name={name} />
    </div>
  );
}
