"use client";

import type { AuditItem } from "@atrium/identity/contract";
import { Person, TimeText } from "@atrium/ui";
import type { DataTableColumn } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useCallback, useMemo } from "react";
import { useMe } from "../../../../../components/frame/me.ts";
import { RecordLink } from "./record-link.tsx";
import { spelledAction, spelledUtc } from "./words.ts";

/** Who did it, in words, and for whom. */
export function useWho(): (row: Pick<AuditItem, "actorKind" | "actor" | "onBehalfOf">) => { readonly name: string; readonly detail: string | undefined } {
  const t = useTranslations("identity.audit");
  return useCallback(
    ({ actorKind, actor, onBehalfOf }) => {
      const kind = actorKind === "member" ? undefined : t(`kinds.${actorKind}`);
      return {
        name: actor.name ?? actor.id ?? t("unknown"),
        detail: onBehalfOf ? t("onBehalfOf", { name: onBehalfOf.name ?? onBehalfOf.id ?? t("unknown") }) : kind,
      };
    },
    [t],
  );
}

export function useAuditColumns(): readonly DataTableColumn<AuditItem>[] {
  const t = useTranslations("identity.audit");
  const { tenant } = useMe();
  const who = useWho();
  return useMemo(
    () => [
      {
        id: "who",
        header: t("who"),
        mobile: "title",
        width: 240,
        // A very long name is cut here; the opened row has it whole.
        cell: (row) => (
          <span className="flex min-w-0 sm:max-w-60">
            <Person {...who(row)} />
          </span>
        ),
      },
      { id: "what", header: t("what"), cell: (row) => spelledAction(row.action) },
      { id: "record", header: t("record"), cell: (row) => <RecordLink {...row} /> },
      { id: "reason", header: t("reason"), isHiddenAtFirst: true, mobile: "hidden", cell: (row) => row.reason ?? <span className="text-ink-faint">–</span> },
      {
        id: "when",
        header: t("when"),
        width: 190,
        cell: (row) => (
          <span title={t("utc", { time: spelledUtc(row.at) })}>
            <TimeText instant={row.at} timeZone={tenant.timeZone} />
          </span>
        ),
      },
      {
        id: "where",
        header: t("where"),
        width: 140,
        cell: (row) => <span className="block truncate sm:max-w-36">{row.address ?? <span className="text-ink-faint">–</span>}</span>,
      },
      { id: "seq", header: t("seq"), isHiddenAtFirst: true, align: "end", width: 90, cell: (row) => row.seq },
    ],
    [t, who, tenant.timeZone],
  );
}
