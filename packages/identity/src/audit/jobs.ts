import { clockJob } from "@atrium/api";
import type { JobDefinition, JobRuntime } from "@atrium/api";
import type { Database } from "@atrium/db";
import type { AuditFindings } from "./contract.ts";
import { isAlarming } from "./rules.ts";
import { anchorTrail, verifyTrail } from "./service.ts";
import type { AuditedCompany } from "./service.ts";

/* A long chain is looked at in many short transactions, so these are no jobs of one transaction for each company. */

/** Writes down outside the database where each company's chain stands, every hour. */
export const anchorAudit: JobDefinition = clockJob("identity/anchor-audit", "17 * * * *", (runtime) =>
  throughCompanies(runtime, (company) => anchorTrail(company, runtime.clock())),
);

/** Recomputes each company's chain from its beginning, every night at 20:40 UTC. */
export const verifyAuditTrails: JobDefinition = clockJob("identity/verify-audit", "40 20 * * *", (runtime) => throughCompanies(runtime, verifyTrail));

/** One company after the other. What is wrong in one is said loudly, because an error in the log wakes somebody, and keeps none of the others. */
export async function throughCompanies(
  runtime: AuditSurroundings & Pick<JobRuntime, "log">,
  look: (company: AuditedCompany) => Promise<AuditFindings>,
): Promise<{ readonly sound: number; readonly alarming: number }> {
  let [sound, alarming] = [0, 0];
  for (const { id } of await companies(runtime.database)) {
    const log = runtime.log.child({ tenantId: id });
    try {
      const findings = await look(auditedCompany(runtime, id));
      if (isAlarming(findings)) log.error({ ...findings }, "the audit trail is not as it was written");
      if (isAlarming(findings)) alarming += 1;
      else sound += 1;
    } catch (error) {
      log.error({ err: error }, "the audit trail could not be looked at");
      alarming += 1;
    }
  }
  return { sound, alarming };
}

/** What it takes to look at trails: a process of the application has it, and so has the command line. */
export type AuditSurroundings = Pick<JobRuntime, "database" | "keyring" | "files">;

/** Every company of the directory, the deleted ones too while their rows are there. */
export function companies(database: Database): Promise<readonly { readonly id: string; readonly slug: string }[]> {
  return database.withSystem((db) => db.$queryRaw<{ id: string; slug: string }[]>`SELECT id, slug FROM tenant ORDER BY slug`);
}

export function auditedCompany({ database, keyring, files }: AuditSurroundings, tenantId: string): AuditedCompany {
  return {
    tenantId,
    files,
    inTransaction: (work) => database.withTenant(tenantId, (db) => work(db, () => keyring.vaultOf(db, tenantId)), { timeoutMs: 60_000 }),
  };
}
