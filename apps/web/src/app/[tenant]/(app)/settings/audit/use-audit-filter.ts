"use client";

import { SearchAudit } from "@atrium/identity/contract";
import type { AuditFilter } from "@atrium/identity/contract";
import type { Filter, FilterValues } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { trpc } from "../../../../../client/trpc.ts";
import { useUrlState } from "../../../../../client/use-url-state.ts";
import { spelledAction, spelledEntity } from "./words.ts";

export const pageSize = 50;

/** The filter's names in the address: `from` is taken, there it is the place of the first row. */
const addressNames = {
  text: "search", entity: "entity", action: "action", actor: "actor", entityId: "record", requestId: "request", from: "since", to: "until",
} as const satisfies Record<keyof AuditFilter, string>;
const names = ["text", "entity", "action", "actor", "entityId", "requestId", "from", "to"] as const;
const chipNames = ["entity", "action", "actor", "entityId", "requestId"] as const;

export interface AuditFilterState {
  readonly filter: AuditFilter;
  readonly isFiltered: boolean;
  readonly values: FilterValues;
  /** Sets what stands here and leaves the rest; an empty text takes it away. The list begins anew. */
  readonly set: (changes: Partial<Record<keyof AuditFilter, string>>) => void;
  readonly setValues: (values: FilterValues) => void;
}

/** What the list asks for, kept in the address. What somebody misspells there is left out. */
export function useAuditFilter(): AuditFilterState {
  const url = useUrlState();
  const given = names.map((name) => [name, url.get(addressNames[name]) ?? undefined] as const);
  const sound = given.filter(([name, value]) => value !== undefined && SearchAudit.shape[name].safeParse(value).success);
  const { limit: _limit, after: _after, ...filter } = SearchAudit.parse(Object.fromEntries(sound));
  const set: AuditFilterState["set"] = (changes) => {
    const written = names.flatMap((name) => (changes[name] === undefined ? [] : [[addressNames[name], changes[name]] as const]));
    url.set({ ...Object.fromEntries(written), after: "", from: "" });
  };
  return {
    filter,
    isFiltered: sound.length > 0,
    values: Object.fromEntries(chipNames.flatMap((name) => (filter[name] === undefined ? [] : [[name, [filter[name]]]]))),
    set,
    setValues: (values) => set(Object.fromEntries(chipNames.map((name) => [name, values[name]?.[0] ?? ""]))),
  };
}

/** The filters with their choices. Those that one sets from a row (a person, a record, a request) are there only while they are set. */
export function useAuditChoices({ entity, actor, entityId, requestId }: AuditFilter, actorName: string | undefined): readonly Filter[] {
  const t = useTranslations("identity.audit");
  const actions = trpc.identity.audit.actions.useQuery(undefined, { staleTime: 60_000 }).data ?? [];
  const entities = [...new Set(actions.map((action) => action.slice(0, action.indexOf("."))))];
  const of = entity === undefined ? actions : actions.filter((action) => action.startsWith(`${entity}.`));
  const one = (id: "actor" | "entityId" | "requestId", value: string | undefined, label = value): Filter[] =>
    value === undefined ? [] : [{ id, label: t(id), options: [{ value, label: label ?? value }] }];
  return [
    { id: "entity", label: t("entity"), options: entities.map((value) => ({ value, label: spelledEntity(value) })) },
    { id: "action", label: t("action"), options: of.map((value) => ({ value, label: spelledAction(value) })) },
    ...one("actor", actor, actorName),
    ...one("entityId", entityId),
    ...one("requestId", requestId),
  ];
}
