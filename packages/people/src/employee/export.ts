import { csvLines } from "@atrium/api";
import type { Ctx } from "@atrium/api";
import { maxPageSize } from "@atrium/kernel";
import type { EmployeeFilter } from "./contract.ts";
import { readPage } from "./query.ts";

/** The columns of the list's export. */
const columns = ["Code", "Name", "Email", "Phone", "Designation", "Department", "Location", "Manager", "Joined on", "Last day", "Status"];

/**
 * One stretch of the list as CSV lines, in its order; `next` leads to the following one. Each is a transaction of its own,
 * so that a slow reader holds none open. The first writes down who took the list away.
 */
export async function exportPage(ctx: Ctx, filter: EmployeeFilter, after: string | null): Promise<{ readonly lines: string; readonly next: string | null }> {
  if (after === null) ctx.audit({ action: "employee-list.export", entityId: "all", after: { ...filter } });
  const { items, next } = await readPage(ctx, { ...filter, after, limit: maxPageSize });
  const rows = items.map((item) => [
    item.code, item.fullName, item.email, item.phone, item.designation, item.department.name, item.location.name, item.manager?.name,
    item.joinedOn, item.leftOn, item.status,
  ]);
  return { lines: csvLines(after === null ? [columns, ...rows] : rows), next };
}
