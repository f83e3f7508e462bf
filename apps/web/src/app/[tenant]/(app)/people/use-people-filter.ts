"use client";

import { employeeSorts, employeeStatuses, ListEmployees } from "@atrium/people/contract";
import type { ListEmployees as ListInput } from "@atrium/people/contract";
import { formatMonth } from "@atrium/kernel";
import type { Filter, FilterValues, TableSort } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { trpc } from "../../../../client/trpc.ts";
import { useUrlState } from "../../../../client/use-url-state.ts";

export const pageSize = 50;

const filterNames = ["status", "departmentId", "locationId", "managerId", "joinedIn", "leftIn"] as const;
const inputNames = ["search", ...filterNames, "sort", "direction", "after", "before"] as const;

/** What changes when the list is another one: one is on its first page again. */
const firstPage = { after: "", before: "", from: "" };

export interface PeopleFilter {
  /** What the list asks of the server. */
  readonly input: ListInput;
  readonly isFiltered: boolean;
  readonly values: FilterValues;
  readonly sort: TableSort;
  readonly setSearch: (search: string) => void;
  readonly setValues: (values: FilterValues) => void;
  readonly setSort: (sort: TableSort | undefined) => void;
}

/** The list's search, filters and order, kept in the address. What somebody misspells there is left out. */
export function usePeopleFilter(): PeopleFilter {
  const url = useUrlState();
  const given = inputNames.map((name) => [name, url.get(name) ?? undefined] as const);
  const sound = given.filter(([name, value]) => value !== undefined && ListEmployees.shape[name].safeParse(value).success);
  const input = ListEmployees.parse({ ...Object.fromEntries(sound), limit: pageSize });
  const chosen = filterNames.flatMap((name) => (input[name] === undefined ? [] : [[name, [input[name]]] as const]));
  return {
    input,
    isFiltered: chosen.length > 0 || (input.search ?? "") !== "",
    values: Object.fromEntries(chosen),
    sort: { column: input.sort === "name" ? "fullName" : input.sort, direction: input.direction },
    setSearch: (search) => url.set({ search, ...firstPage }),
    setValues: (values) => url.set({ ...Object.fromEntries(filterNames.map((name) => [name, values[name] ?? ""])), ...firstPage }),
    setSort: (sort) => {
      const column = employeeSorts.find((name) => name === sort?.column) ?? "name";
      url.set({ sort: column === "name" ? "" : column, direction: sort?.direction === "desc" ? "desc" : "", ...firstPage });
    },
  };
}

/** The filters with their choices. Those of a link (joined in July, reports to Asha) are there only while they are set. */
export function usePeopleChoices(values: FilterValues, managerName: string | undefined): readonly Filter[] {
  const t = useTranslations("people");
  const organisation = trpc.people.organisation.list.useQuery(undefined, { staleTime: 60_000 }).data;
  const named = (rows: readonly { id: string; name: string }[] = []) => rows.map(({ id, name }) => ({ value: id, label: name }));
  const month = (id: "joinedIn" | "leftIn"): Filter[] => {
    const value = values[id]?.[0];
    return value === undefined ? [] : [{ id, label: t(`list.${id}`), options: [{ value, label: formatMonth(value) }] }];
  };
  const managerId = values["managerId"]?.[0];
  return [
    { id: "status", label: t("list.status"), options: employeeStatuses.map((value) => ({ value, label: t(`statuses.${value}`) })) },
    { id: "departmentId", label: t("list.department"), options: named(organisation?.departments) },
    { id: "locationId", label: t("list.location"), options: named(organisation?.locations) },
    ...(managerId === undefined ? [] : [{ id: "managerId", label: t("list.manager"), options: [{ value: managerId, label: managerName ?? "…" }] }]),
    ...month("joinedIn"),
    ...month("leftIn"),
  ];
}
