import type { Prisma, TenantDb } from "@atrium/db";
import { newId } from "@atrium/kernel";
import type { EmittedEvent, EventDefinition, PlainDate, Role, Scope } from "@atrium/kernel";
import { dayIn } from "@atrium/kernel";
import type { z } from "zod";
import { writeAudit } from "@atrium/db";

/** Who is doing this. A job acts as the system, on behalf of the member who set it going. */
export interface Actor {
  readonly kind: "member" | "system";
  readonly memberId: string | undefined;
  /** The employee record of the member, when there is one. */
  readonly employeeId: string | undefined;
  readonly name: string;
  readonly roles: readonly Role[];
}

export interface CurrentTenant {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly timeZone: string;
}

export interface AuditEntry {
  /** Entity and verb: `employee.create`. */
  readonly action: `${string}.${string}`;
  readonly entityId: string;
  readonly before?: Prisma.InputJsonObject;
  readonly after?: Prisma.InputJsonObject;
  readonly reason?: string;
}

/** All that a use case is given: one company, one transaction, one moment, one person. */
export interface Ctx {
  readonly tenant: CurrentTenant;
  readonly actor: Actor;
  /** How far the permission that let this call in reaches. `rules.ts` decides what that means for a record. */
  readonly scope: Scope;
  readonly db: TenantDb;
  readonly requestId: string;
  /** The moment of the call: the same however often it is asked. */
  readonly now: Date;
  /** The company's day at that moment. */
  readonly today: PlainDate;
  newId(prefix: string): string;
  /** Writes audit rows in this transaction. */
  audit(...entries: readonly AuditEntry[]): Promise<void>;
  /** Tells news after the commit. The same `id` twice starts a job once. */
  emit<S extends z.ZodType<object>>(event: EventDefinition<string, S>, id: string, payload: Omit<z.input<S>, "tenantId">): void;
}

export interface CtxParts {
  readonly tenant: CurrentTenant;
  readonly actor: Actor;
  readonly scope: Scope;
  readonly db: TenantDb;
  readonly requestId: string;
  readonly now: Date;
}

/** Makes the context of one transaction, and the list that its news collect in until the commit. */
export function createCtx(parts: CtxParts): { readonly ctx: Ctx; readonly emitted: readonly EmittedEvent[] } {
  const emitted: EmittedEvent[] = [];
  const nowMs = parts.now.getTime();
  const ctx: Ctx = {
    ...parts,
    today: dayIn(parts.now, parts.tenant.timeZone),
    newId: (prefix) => newId(prefix, nowMs),
    audit: (...entries) =>
      writeAudit(
        parts.db,
        entries.map((entry) => ({
          ...entry,
          tenantId: parts.tenant.id,
          id: newId("aud", nowMs),
          at: parts.now,
          actorKind: parts.actor.kind,
          actorMemberId: parts.actor.memberId,
          entity: entry.action.slice(0, entry.action.indexOf(".")),
          requestId: parts.requestId,
        })),
      ),
    emit: (event, id, payload) => {
      const data = event.payload.parse({ ...payload, tenantId: parts.tenant.id });
      // The job acts on behalf of the same member, and its log lines carry the id of the request that set it going.
      const origin = { tenantId: parts.tenant.id, requestId: parts.requestId, ...(parts.actor.memberId && { actorMemberId: parts.actor.memberId }) };
      emitted.push({ name: event.name, id, data: { ...data, ...origin } });
    },
  };
  return { ctx, emitted };
}
