import type { Ctx } from "@atrium/api";
import { refusal } from "@atrium/kernel";
import { organisationErrors } from "./contract.ts";
import type { AddDepartment, Added, AddLocation, Organisation } from "./contract.ts";

/** All departments and locations, by name: a company has few enough to show at once. */
export async function listOrganisation(ctx: Ctx): Promise<Organisation> {
  const all = { where: { tenantId: ctx.tenant.id }, orderBy: { nameLower: "asc" } } as const;
  const departments = await ctx.db.department.findMany({ ...all, select: { id: true, name: true } });
  const locations = await ctx.db.location.findMany({ ...all, select: { id: true, name: true, state: true } });
  return { departments, locations };
}

/** Departments and locations by their lower-case names, for reading a file that names them. */
export async function organisationByName(ctx: Ctx): Promise<{ readonly departments: Map<string, string>; readonly locations: Map<string, string> }> {
  const { departments, locations } = await listOrganisation(ctx);
  const byName = (rows: readonly { id: string; name: string }[]) => new Map(rows.map(({ id, name }) => [name.toLowerCase(), id]));
  return { departments: byName(departments), locations: byName(locations) };
}

/** Throws `people/department-exists`. */
export async function addDepartment(ctx: Ctx, { name }: AddDepartment): Promise<Added> {
  const nameLower = name.toLowerCase();
  const existing = await ctx.db.department.findFirst({ where: { tenantId: ctx.tenant.id, nameLower }, select: { id: true } });
  if (existing) throw refusal(organisationErrors, "people/department-exists", { field: "name", params: { name } });
  const id = ctx.newId("dep");
  await ctx.db.department.create({ data: { tenantId: ctx.tenant.id, id, name } });
  ctx.audit({ action: "department.create", entityId: id, after: { name } });
  return { id };
}

/** Throws `people/location-exists`. */
export async function addLocation(ctx: Ctx, { name, state }: AddLocation): Promise<Added> {
  const nameLower = name.toLowerCase();
  const existing = await ctx.db.location.findFirst({ where: { tenantId: ctx.tenant.id, nameLower }, select: { id: true } });
  if (existing) throw refusal(organisationErrors, "people/location-exists", { field: "name", params: { name } });
  const id = ctx.newId("loc");
  await ctx.db.location.create({ data: { tenantId: ctx.tenant.id, id, name, state, timeZone: ctx.tenant.timeZone } });
  ctx.audit({ action: "location.create", entityId: id, after: { name, state } });
  return { id };
}
