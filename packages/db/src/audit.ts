import type { Prisma } from "./generated/client.ts";
import type { TenantDb } from "./database.ts";

/** One line of the audit trail, as the door knows it. Its number, its digest and the company's clock come from the server. */
export interface AuditRow {
  readonly id: string;
  readonly at: Date;
  readonly actorKind: "member" | "system" | "operator";
  readonly actorMemberId?: string | undefined;
  /** The name at the time: it stays when the member is renamed, and an operator has no other. */
  readonly actorName?: string | undefined;
  /** The member for whom a job or a support operator acts. */
  readonly onBehalfOf?: string | undefined;
  readonly sessionId?: string | undefined;
  /** From where the call came. */
  readonly address?: string | undefined;
  readonly userAgent?: string | undefined;
  /** `employee.create`, `payroll-run.approve`: entity and verb. */
  readonly action: string;
  readonly entity: string;
  readonly entityId: string;
  /** What changed. Never a password, a key or a full account number. */
  readonly before?: Prisma.InputJsonObject | undefined;
  readonly after?: Prisma.InputJsonObject | undefined;
  readonly reason?: string | undefined;
  readonly requestId: string;
}

/** The columns that bear another name than the field. */
const columns = {
  actorKind: "actor_kind",
  actorMemberId: "actor_member_id",
  actorName: "actor_name",
  onBehalfOf: "on_behalf_of",
  sessionId: "session_id",
  userAgent: "user_agent",
  entityId: "entity_id",
  requestId: "request_id",
} as const satisfies Partial<Record<keyof AuditRow, string>>;
const columnOf: ReadonlyMap<string, string> = new Map(Object.entries(columns));

/**
 * Appends the rows to the chain of the transaction's company, in this order and in one round trip. From here to the commit
 * nobody else appends in this company, so it is the last thing that a transaction does.
 */
export async function writeAudit(db: TenantDb, rows: readonly AuditRow[]): Promise<void> {
  if (rows.length === 0) return;
  const entries = rows.map((row) => Object.fromEntries(Object.entries(row).map(([field, value]) => [columnOf.get(field) ?? field, value])));
  await db.$queryRaw`SELECT app.append_audit(${JSON.stringify(entries)}::jsonb)`;
}
