import type { Ctx } from "@atrium/api";
import { Prisma } from "@atrium/db";
import { addMonths, decodeCursor, encodeCursor, firstDay, isPlainDate, lastDay, literalInLike, plainDateFrom } from "@atrium/kernel";
import type { Scope } from "@atrium/kernel";
import type { EmployeeFilter, EmployeeHits, EmployeeListItem, EmployeeStatus, ListEmployees } from "./contract.ts";
import { searchPatterns, statusOn } from "./rules.ts";

/* The list's SQL. Every condition begins with the tenant, so that PostgreSQL walks an index of that company in the order
   of the page and stops when the page is full. */

interface Row {
  readonly id: string;
  readonly sortKey: string;
  readonly code: string;
  readonly fullName: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly designation: string | null;
  readonly departmentId: string;
  readonly department: string;
  readonly locationId: string;
  readonly location: string;
  readonly managerId: string | null;
  readonly manager: string | null;
  readonly joinedOn: Date;
  readonly leftOn: Date | null;
}

/** Which people the permission of this call reaches: whatever one of its scopes does. Everybody reaches themselves. */
export function reach(ctx: Ctx): Prisma.Sql {
  const tenantId = ctx.tenant.id;
  if (ctx.scopes.includes("tenant")) return Prisma.sql`e.tenant_id = ${tenantId}`;
  // No employee has the empty id: a member without a record sees nobody.
  const self = ctx.actor.employeeId ?? "";
  const within = ctx.scopes.map((scope) => reachOf[scope](tenantId, self));
  return Prisma.sql`e.tenant_id = ${tenantId} AND (${Prisma.join([Prisma.sql`e.id = ${self}`, ...within], " OR ")})`;
}

const reachOf: Readonly<Record<Scope, (tenantId: string, self: string) => Prisma.Sql>> = {
  tenant: () => Prisma.sql`true`,
  own: () => Prisma.sql`false`,
  team: (tenantId, self) => Prisma.sql`e.id IN (
    WITH RECURSIVE below AS (
      SELECT ${self}::text AS id
      UNION
      SELECT report.id FROM employee report JOIN below ON report.manager_id = below.id WHERE report.tenant_id = ${tenantId}
    ) SELECT id FROM below)`,
  department: (tenantId, self) => Prisma.sql`e.department_id IN (
    WITH RECURSIVE below AS (
      SELECT me.department_id AS id FROM employee me WHERE me.tenant_id = ${tenantId} AND me.id = ${self}
      UNION
      SELECT part.id FROM department part JOIN below ON part.parent_id = below.id WHERE part.tenant_id = ${tenantId}
    ) SELECT id FROM below)`,
  location: (tenantId, self) => Prisma.sql`e.location_id = (
    SELECT me.location_id FROM employee me WHERE me.tenant_id = ${tenantId} AND me.id = ${self})`,
};

export function isStatus(status: EmployeeStatus, today: string): Prisma.Sql {
  switch (status) {
    case "active":
      return Prisma.sql`(e.joined_on <= ${today}::date AND (e.left_on IS NULL OR e.left_on >= ${today}::date))`;
    case "joining":
      return Prisma.sql`e.joined_on > ${today}::date`;
    case "left":
      return Prisma.sql`e.left_on < ${today}::date`;
  }
}

/** The condition of a filter, within reach. */
export function matching(ctx: Ctx, filter: Omit<EmployeeFilter, "sort" | "direction">): Prisma.Sql {
  const { search, departmentId, locationId, managerId, status, joinedIn, leftIn } = filter;
  const conditions = [reach(ctx)];
  if (departmentId) conditions.push(Prisma.sql`e.department_id = ${departmentId}`);
  if (locationId) conditions.push(Prisma.sql`e.location_id = ${locationId}`);
  if (managerId) conditions.push(Prisma.sql`e.manager_id = ${managerId}`);
  if (status) conditions.push(isStatus(status, ctx.today));
  if (joinedIn) conditions.push(within(Prisma.sql`e.joined_on`, joinedIn));
  if (leftIn) conditions.push(within(Prisma.sql`e.left_on`, leftIn));
  for (const pattern of searchPatterns(search)) conditions.push(Prisma.sql`e.search_text LIKE lower(${pattern})`);
  return Prisma.join(conditions, " AND ");
}

const within = (column: Prisma.Sql, month: string): Prisma.Sql =>
  Prisma.sql`${column} >= ${firstDay(month)}::date AND ${column} < ${firstDay(addMonths(month, 1))}::date`;

const sortColumns = {
  name: { column: Prisma.sql`e.name_lower`, type: Prisma.sql`text` },
  code: { column: Prisma.sql`e.code_lower`, type: Prisma.sql`text` },
  joinedOn: { column: Prisma.sql`e.joined_on`, type: Prisma.sql`date` },
} as const;

/** One page and one row more, which tells whether there is another page behind it. Going back, the rows come reversed. */
export function pageQuery(ctx: Ctx, input: ListEmployees): Prisma.Sql {
  const { column, type } = sortColumns[input.sort];
  const isBackward = input.before != null;
  const isRising = (input.direction === "asc") !== isBackward;
  const key = cursorKey(input);
  const beyond = isRising ? Prisma.sql`>` : Prisma.sql`<`;
  const order = isRising ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const start = key ? Prisma.sql`AND (${column}, e.id) ${beyond} (${key.value}::${type}, ${key.id})` : Prisma.empty;
  // Names of the referenced rows come by sub-select: they are looked up for the rows of the page alone.
  return Prisma.sql`
    SELECT e.id, ${column}::text AS "sortKey", e.code, e.full_name AS "fullName", e.email, e.phone, e.designation,
           e.joined_on AS "joinedOn", e.left_on AS "leftOn",
           e.department_id AS "departmentId", e.location_id AS "locationId", e.manager_id AS "managerId",
           (SELECT d.name FROM department d WHERE d.tenant_id = e.tenant_id AND d.id = e.department_id) AS department,
           (SELECT l.name FROM location l WHERE l.tenant_id = e.tenant_id AND l.id = e.location_id) AS location,
           (SELECT m.full_name FROM employee m WHERE m.tenant_id = e.tenant_id AND m.id = e.manager_id) AS manager
    FROM employee e
    WHERE ${matching(ctx, input)} ${start}
    ORDER BY ${column} ${order}, e.id ${order}
    LIMIT ${input.limit + 1}`;
}

/** A cursor of another sort, or one that was tampered with, means "from the start". */
function cursorKey({ before, after, sort }: ListEmployees): { readonly value: string; readonly id: string } | undefined {
  const [madeFor, value, id] = decodeCursor(before ?? after ?? "") ?? [];
  if (madeFor !== sort || typeof value !== "string" || typeof id !== "string") return undefined;
  return sort === "joinedOn" && !isPlainDate(value) ? undefined : { value, id };
}

export interface EmployeeSlice {
  readonly items: readonly EmployeeListItem[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** One page within reach, in order, with the cursors to both sides; null where there is no more. */
export async function readPage(ctx: Ctx, input: ListEmployees): Promise<EmployeeSlice> {
  const rows = await ctx.db.$queryRaw<Row[]>(pageQuery(ctx, input));
  const isBackward = input.before != null;
  const hasMore = rows.length > input.limit;
  const page = rows.slice(0, input.limit);
  if (isBackward) page.reverse();
  const cursor = (row: Row | undefined) => (row ? encodeCursor([input.sort, row.sortKey, row.id]) : null);
  return {
    items: page.map((row) => toListItem(row, ctx.today)),
    next: isBackward || hasMore ? cursor(page.at(-1)) : null,
    previous: (isBackward ? hasMore : cursorKey(input)) ? cursor(page[0]) : null,
  };
}

function toListItem(row: Row, today: string): EmployeeListItem {
  const joinedOn = plainDateFrom(row.joinedOn);
  const leftOn = row.leftOn ? plainDateFrom(row.leftOn) : null;
  return {
    id: row.id,
    code: row.code,
    fullName: row.fullName,
    email: row.email,
    phone: row.phone,
    designation: row.designation,
    department: { id: row.departmentId, name: row.department },
    location: { id: row.locationId, name: row.location },
    manager: row.managerId !== null && row.manager !== null ? { id: row.managerId, name: row.manager } : null,
    joinedOn,
    leftOn,
    status: statusOn(today, { joinedOn, leftOn }),
  };
}

type HitRow = Pick<Row, "id" | "fullName" | "code" | "designation" | "joinedOn" | "leftOn">;

/** The people that a few letters find, the likeliest first: who is called exactly that, whose name begins so, then the rest. */
export async function readHits(ctx: Ctx, text: string, limit: number): Promise<EmployeeHits> {
  const beginning = `${literalInLike(text)}%`;
  const rows = await ctx.db.$queryRaw<HitRow[]>`
    SELECT e.id, e.full_name AS "fullName", e.code, e.designation, e.joined_on AS "joinedOn", e.left_on AS "leftOn"
    FROM employee e
    WHERE e.tenant_id = ${ctx.tenant.id} AND ${matching(ctx, { search: text })}
    ORDER BY e.name_lower = lower(${text}) OR e.code_lower = lower(${text}) DESC,
             e.name_lower LIKE lower(${beginning}) OR e.code_lower LIKE lower(${beginning}) DESC, e.name_lower, e.id
    LIMIT ${limit}`;
  return rows.map(({ joinedOn, leftOn, ...hit }) => {
    const days = { joinedOn: plainDateFrom(joinedOn), leftOn: leftOn ? plainDateFrom(leftOn) : null };
    return { ...hit, status: statusOn(ctx.today, days) };
  });
}

/** How many the filter finds within reach. */
export async function countMatching(ctx: Ctx, filter: Omit<EmployeeFilter, "sort" | "direction">): Promise<number> {
  const [row] = await ctx.db.$queryRaw<{ total: bigint }[]>`SELECT count(*) AS total FROM employee e WHERE e.tenant_id = ${ctx.tenant.id} AND ${matching(ctx, filter)}`;
  return Number(row?.total ?? 0);
}

/** Headcount, joiners and leavers of the month, in one reading. */
export async function countHome(ctx: Ctx, month: string): Promise<{ headcount: number; joiners: number; leavers: number; joiningLater: number }> {
  const [from, to] = [firstDay(month), lastDay(month)];
  const [row] = await ctx.db.$queryRaw<{ headcount: bigint; joiners: bigint; leavers: bigint; joiningLater: bigint }[]>`
    SELECT count(*) FILTER (WHERE ${isStatus("active", ctx.today)}) AS headcount,
           count(*) FILTER (WHERE e.joined_on BETWEEN ${from}::date AND ${to}::date) AS joiners,
           count(*) FILTER (WHERE e.left_on BETWEEN ${from}::date AND ${to}::date) AS leavers,
           count(*) FILTER (WHERE ${isStatus("joining", ctx.today)}) AS "joiningLater"
    FROM employee e WHERE e.tenant_id = ${ctx.tenant.id} AND ${reach(ctx)}`;
  return {
    headcount: Number(row?.headcount ?? 0),
    joiners: Number(row?.joiners ?? 0),
    leavers: Number(row?.leavers ?? 0),
    joiningLater: Number(row?.joiningLater ?? 0),
  };
}
