import { writeAudit } from "@atrium/db";
import type { AuditRow, Prisma, TenantDb } from "@atrium/db";
import { dayIn, newId } from "@atrium/kernel";
import type { EmittedEvent, EventDefinition, Grants, PlainDate, Scope, Standing, StandingEnds } from "@atrium/kernel";
import type { Keyring, Vault } from "@atrium/vault";
import type { z } from "zod";
import { keepNews } from "./outbox.ts";
import type { KeptNews } from "./outbox.ts";

/** Who is doing this. A job acts as the system, on behalf of the member who set it going; an operator by a support grant. */
export interface Actor {
  readonly kind: "member" | "system" | "operator";
  /** The member who acts, or on whose behalf a job does. */
  readonly memberId: string | undefined;
  readonly operatorId?: string | undefined;
  /** The employee record of the member, when there is one. */
  readonly employeeId: string | undefined;
  readonly name: string;
  /** Names of built-in roles and ids of the company's own. */
  readonly roles: readonly string[];
  /** All that the roles grant together. */
  readonly grants: Grants;
}

/** The house itself: nobody has signed in, or a job does what nobody asked for. */
const theHouse: Actor = { kind: "system", memberId: undefined, employeeId: undefined, name: "Atrium", roles: [], grants: {} };

/** An actor of whom no more is known than this; the house where nothing is. The database knows what a member is called. */
export const actorOf = (known: Partial<Actor>): Actor => ({ ...theHouse, ...(known.kind === "member" && { name: "" }), ...known });

/** What keeps a company's doors shut while everything about the caller is in order. */
export type Obstacle = "expired" | "enrolling";

/** The session that a call came with. */
export interface CurrentSession {
  readonly id: string;
  /** The last time its person proved who they are. */
  readonly verifiedAt: Date;
  /** Whether a second factor was part of it. */
  readonly isStrong: boolean;
  /** Stands before every door but the few that stay open; this call came by one of those. */
  readonly obstacle?: Obstacle | undefined;
  /** How far the company's subscription leaves its doors open at this moment. */
  readonly standing: Standing;
  /** When that changes unless the subscription is renewed; undefined when it has no end. */
  readonly standingEnds?: StandingEnds | undefined;
}

/** The name of the house that a call came by. */
export interface Site {
  /** As a browser writes it: scheme, host and port. */
  readonly origin: string;
  /** It would be a company's own domain, which only the company's proved domains can confirm. */
  readonly isOwnDomain: boolean;
}

/** Where a call came from. */
export interface Origin {
  readonly address: string;
  readonly userAgent: string;
  /** Undefined when it came by none of the house's names. */
  readonly site?: Site | undefined;
}

/** A session that a call ended: whoever mirrors them is told after the commit. */
export interface EndedSession {
  readonly id: string;
  readonly expiresAt: Date;
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
  readonly scopes: readonly Scope[];
  /** Undefined for a job, and for what happens before somebody is signed in. */
  readonly session: CurrentSession | undefined;
  readonly origin: Origin | undefined;
  readonly db: TenantDb;
  readonly requestId: string;
  /** The moment of the call: the same however often it is asked. */
  readonly now: Date;
  /** The company's day at that moment. */
  readonly today: PlainDate;
  newId(prefix: string): string;
  /** Seals and opens this company's sensitive fields. */
  vault(): Promise<Vault>;
  /** Writes audit rows with this transaction, as the last thing before its commit. */
  audit(...entries: readonly AuditEntry[]): void;
  /** Says that these sessions end with this transaction. */
  sessionsEnded(sessions: readonly EndedSession[]): void;
  /** Says that with this transaction the company may make more requests, or fewer. */
  limitsChanged(): void;
  /** Tells news after the commit. The same `id` twice starts a job once. */
  emit<S extends z.ZodType<object>>(event: EventDefinition<string, S>, id: string, payload: Omit<z.input<S>, "tenantId">): void;
}

export interface CtxParts {
  readonly tenant: CurrentTenant;
  readonly actor: Actor;
  readonly scopes: readonly Scope[];
  readonly session?: CurrentSession | undefined;
  readonly origin?: Origin | undefined;
  readonly db: TenantDb;
  readonly keyring: Keyring;
  readonly requestId: string;
  readonly now: Date;
}

/** What is left to do when the transaction has committed. */
export interface Aftermath {
  readonly news: KeptNews;
  readonly endedSessions: readonly EndedSession[];
  /** The company that may make more requests now, or fewer; undefined when nothing of that has changed. */
  readonly changedLimitsOf: string | undefined;
}

/** Runs `work` in the context of one transaction, then appends what it audited and keeps its news, in that transaction. */
export async function workIn<T>(parts: CtxParts, work: (ctx: Ctx) => Promise<T>): Promise<{ readonly value: T; readonly after: Aftermath }> {
  const { ctx, emitted, audited, endedSessions, hasNewLimits } = createCtx(parts);
  const value = await work(ctx);
  const news = await keepNews(parts.db, parts.tenant.id, emitted, parts.now);
  // The chain's head stays locked until the commit, so that is the last thing.
  await writeAudit(parts.db, audited);
  return { value, after: { news, endedSessions, changedLimitsOf: hasNewLimits() ? parts.tenant.id : undefined } };
}

function createCtx(parts: CtxParts) {
  const emitted: EmittedEvent[] = [];
  const audited: AuditRow[] = [];
  const endedSessions: EndedSession[] = [];
  const { tenant, actor, db, keyring, requestId, now } = parts;
  const nowMs = now.getTime();
  let vault: Promise<Vault> | undefined;
  let isChanged = false;
  const ctx: Ctx = {
    tenant, actor, db, requestId, now,
    scopes: parts.scopes,
    session: parts.session,
    origin: parts.origin,
    today: dayIn(now, tenant.timeZone),
    newId: (prefix) => newId(prefix, nowMs),
    vault: () => (vault ??= keyring.vaultOf(db, tenant.id)),
    audit: (...entries) => {
      audited.push(...entries.map((entry) => auditRow(parts, entry)));
    },
    sessionsEnded: (sessions) => {
      endedSessions.push(...sessions);
    },
    limitsChanged: () => {
      isChanged = true;
    },
    emit: (event, id, payload) => {
      const data = event.payload.parse({ ...payload, tenantId: tenant.id });
      // The job acts on behalf of the same member, and its log lines carry the id of the request that set it going.
      const origin = { tenantId: tenant.id, requestId, ...(actor.memberId && { actorMemberId: actor.memberId }) };
      emitted.push({ name: event.name, id, data: { ...data, ...origin } });
    },
  };
  return { ctx, emitted, audited, endedSessions, hasNewLimits: () => isChanged };
}

function auditRow({ actor, session, origin, requestId, now }: CtxParts, entry: AuditEntry): AuditRow {
  return {
    ...entry,
    id: newId("aud", now.getTime()),
    at: now,
    actorKind: actor.kind,
    actorMemberId: actor.kind === "operator" ? actor.operatorId : actor.kind === "member" ? actor.memberId : undefined,
    onBehalfOf: actor.kind === "system" ? actor.memberId : undefined,
    // Left out, the database writes the member's: a name that nobody has read yet must not be another's.
    actorName: actor.name === "" ? undefined : actor.name,
    sessionId: session?.id,
    address: origin?.address,
    userAgent: origin?.userAgent,
    entity: entry.action.slice(0, entry.action.indexOf(".")),
    requestId,
  };
}
