"use client";

import type { RunReview } from "@atrium/payroll/contract";
import { DataTable, Money } from "@atrium/ui";
import type { DataTableColumn } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useMemo } from "react";

type DepartmentRow = RunReview["departments"][number];

/** The totals by department, as they were when the run started. */
export function DepartmentTable({ review }: { readonly review: RunReview }) {
  const t = useTranslations("payroll.review");
  const columns = useMemo((): readonly DataTableColumn<DepartmentRow>[] => {
    const money = (id: "grossMinor" | "deductionsMinor" | "netMinor" | "employerMinor"): DataTableColumn<DepartmentRow> => ({
      id,
      header: t(id),
      align: "end",
      width: 170,
      cell: (row) => <Money amount={row[id]} />,
    });
    return [
      { id: "department", header: t("department"), mobile: "title", cell: ({ department }) => department },
      { id: "employees", header: t("employees"), align: "end", width: 120, cell: ({ employees }) => employees.toLocaleString("en-IN") },
      money("grossMinor"),
      money("deductionsMinor"),
      money("netMinor"),
      money("employerMinor"),
    ];
  }, [t]);
  return (
    <DataTable<DepartmentRow>
      label={t("departments")}
      columns={columns}
      rows={review.departments}
      rowId={({ departmentId }) => departmentId}
      rowName={({ department }) => department}
      empty={null}
      total={review.departments.length}
    />
  );
}
