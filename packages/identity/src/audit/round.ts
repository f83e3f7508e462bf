import type { JobRuntime } from "@atrium/api";
import { everyCompany } from "@atrium/db";
import { anchorTrail, verifyTrail } from "./anchor.ts";
import type { AuditedCompany } from "./anchor.ts";
import type { AuditFindings } from "./contract.ts";
import { isAlarming } from "./rules.ts";

/* A long chain is looked at in many short transactions, so a round through all companies opens them itself. */

/** What it takes to look at trails: a process of the application has it, and so has the command line. */
export type AuditSurroundings = Pick<JobRuntime, "database" | "keyring" | "files">;

type Round = AuditSurroundings & Pick<JobRuntime, "log">;

export interface RoundTally {
  readonly sound: number;
  readonly alarming: number;
}

/** Writes down outside the database where each company's chain stands. */
export const anchorTrails = (round: Round, now: Date): Promise<RoundTally> => throughCompanies(round, (company) => anchorTrail(company, now));

/** Recomputes each company's chain from its beginning. */
export const verifyTrails = (round: Round): Promise<RoundTally> => throughCompanies(round, verifyTrail);

/** One company after the other. What is wrong in one is said loudly, because an error in the log wakes somebody, and keeps none of the others. */
export async function throughCompanies(round: Round, look: (company: AuditedCompany) => Promise<AuditFindings>): Promise<RoundTally> {
  let [sound, alarming] = [0, 0];
  for (const { id } of await everyCompany(round.database)) {
    const log = round.log.child({ tenantId: id });
    try {
      const findings = await look(auditedCompany(round, id));
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

export function auditedCompany({ database, keyring, files }: AuditSurroundings, tenantId: string): AuditedCompany {
  return {
    tenantId,
    files,
    inTransaction: (work) => database.withTenant(tenantId, (db) => work(db, () => keyring.vaultOf(db, tenantId)), { timeoutMs: 60_000 }),
  };
}
