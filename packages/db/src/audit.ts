import { Prisma } from "./generated/client.ts";
import type { TenantDb } from "./database.ts";

/** One line of the audit trail, written in the transaction of the change it tells of. */
export interface AuditRow {
  readonly tenantId: string;
  readonly id: string;
  readonly at: Date;
  readonly actorKind: "member" | "system";
  readonly actorMemberId?: string | undefined;
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

/** Writes the rows in one statement. */
export async function writeAudit(db: TenantDb, rows: readonly AuditRow[]): Promise<void> {
  await db.auditEvent.createMany({
    data: rows.map((row) => ({ ...row, before: row.before ?? Prisma.DbNull, after: row.after ?? Prisma.DbNull })),
  });
}
