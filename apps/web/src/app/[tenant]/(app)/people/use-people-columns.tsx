"use client";

import type { EmployeeListItem } from "@atrium/people/contract";
import { DateText, Person } from "@atrium/ui";
import type { DataTableColumn } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { EmployeeStatusBadge } from "./employee-status-badge.tsx";

export function usePeopleColumns(): readonly DataTableColumn<EmployeeListItem>[] {
  const t = useTranslations("people.fields");
  return useMemo(() => {
    const quiet = (text: string | null) => text ?? <span className="text-ink-faint">–</span>;
    return [
      { id: "fullName", header: t("fullName"), isSortable: true, mobile: "title", width: 240, cell: (row) => <Person name={row.fullName} detail={row.designation ?? undefined} /> },
      { id: "code", header: t("code"), isSortable: true, width: 130, cell: (row) => <span className="tabular-nums">{row.code}</span> },
      { id: "status", header: t("status"), width: 110, cell: (row) => <EmployeeStatusBadge status={row.status} /> },
      { id: "department", header: t("departmentId"), cell: (row) => row.department.name },
      { id: "location", header: t("locationId"), cell: (row) => row.location.name },
      { id: "manager", header: t("managerId"), mobile: "hidden", cell: (row) => quiet(row.manager?.name ?? null) },
      { id: "joinedOn", header: t("joinedOn"), isSortable: true, width: 140, cell: (row) => <DateText day={row.joinedOn} /> },
      { id: "leftOn", header: t("leftOn"), isHiddenAtFirst: true, mobile: "hidden", width: 120, cell: (row) => (row.leftOn === null ? quiet(null) : <DateText day={row.leftOn} />) },
      { id: "email", header: t("email"), isHiddenAtFirst: true, mobile: "hidden", cell: (row) => quiet(row.email) },
      { id: "phone", header: t("phone"), isHiddenAtFirst: true, mobile: "hidden", width: 150, cell: (row) => quiet(row.phone) },
    ];
  }, [t]);
}
