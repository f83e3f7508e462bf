import { defineErrors, pageRequestShape, plainDateSchema } from "@atrium/kernel";
import { z } from "zod";

export const auditErrors = defineErrors({ "audit/row-not-found": "not-found" });

const word = z.string().trim().max(120);

export const auditFilterShape = {
  /** Who did it, or for whom a job did it: the id of a member, or of an operator. */
  actor: word.optional(),
  /** What the action begins with: `employee.` finds all that was done to employees. */
  action: word.optional(),
  entity: word.optional(),
  entityId: word.optional(),
  /** Days of the company's clock, both included. */
  from: plainDateSchema.optional(),
  to: plainDateSchema.optional(),
  requestId: word.optional(),
  /** Part of the action, the reason or the name of who did it. */
  text: word.optional(),
};

export const AuditFilter = z.object(auditFilterShape);
export type AuditFilter = z.output<typeof AuditFilter>;

export const SearchAudit = z.object({ ...auditFilterShape, ...pageRequestShape });
export type SearchAudit = z.output<typeof SearchAudit>;

export const actorKinds = ["member", "system", "operator"] as const;

/** A name that is null is not known: the row was written before names were kept. */
const someone = z.object({ id: z.string().nullable(), name: z.string().nullable() });

export const AuditItem = z.object({
  id: z.string(),
  /** Its place in the company's chain, from 1, without a gap. */
  seq: z.int(),
  /** In UTC. */
  at: z.iso.datetime(),
  /** What the company's clock said then: `2026-11-20T15:04:05+05:30`. */
  atLocal: z.string(),
  actorKind: z.enum(actorKinds),
  actor: someone,
  /** The member for whom a job or a support operator did it. */
  onBehalfOf: someone.nullable(),
  action: z.string(),
  entity: z.string(),
  entityId: z.string(),
  reason: z.string().nullable(),
  address: z.string().nullable(),
});
export type AuditItem = z.output<typeof AuditItem>;

/** The newest first. */
export const AuditPage = z.object({ items: z.array(AuditItem), next: z.string().nullable() });
export type AuditPage = z.output<typeof AuditPage>;

export const OneAuditRow = z.object({ seq: z.int().min(1) });
export type OneAuditRow = z.output<typeof OneAuditRow>;

const values = z.record(z.string(), z.json()).nullable();

export const AuditRecord = AuditItem.extend({
  before: values,
  after: values,
  requestId: z.string(),
  sessionId: z.string().nullable(),
  userAgent: z.string().nullable(),
  prevHash: z.string(),
  hash: z.string(),
});
export type AuditRecord = z.output<typeof AuditRecord>;

/** Every action that occurs in the trail, in the order of the alphabet. */
export const AuditActions = z.array(z.string());

export const auditFaultKinds = ["changed", "removed", "inserted", "reordered", "truncated"] as const;

export const AuditFindings = z.object({
  /** The chain is sound from its beginning to this number. */
  verifiedTo: z.int(),
  /** The first row that is not as it was written; null when all are. `id` is null when the row is gone. */
  fault: z.object({ kind: z.enum(auditFaultKinds), seq: z.int(), id: z.string().nullable() }).nullable(),
  /** The newest mark outside the database; null while there is none. */
  anchor: z.object({ seq: z.int(), at: z.iso.datetime() }).nullable(),
  /** Files among the newest marks that the house did not write, or not so. */
  forgedAnchors: z.array(z.string()),
});
export type AuditFindings = z.output<typeof AuditFindings>;
