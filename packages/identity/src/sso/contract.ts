import { defineErrors, idSchema } from "@atrium/kernel";
import { z } from "zod";
import { roleRef } from "../member/contract.ts";

const connectionId = idSchema("sso");
const name = z.string().trim().min(1).max(60);
const clientId = z.string().trim().min(1).max(255);
const clientSecret = z.string().trim().min(8).max(2_000);
const defaultRoles = z.array(roleRef).max(20).transform((given) => [...new Set(given)]);

/** An identity provider that speaks OpenID Connect, and how it knows us. */
export const AddConnection = z.object({
  /** What people read on the button: “Continue with …”. */
  name,
  /** The provider's address, exactly as it names itself. It cannot be changed: another provider's people are other people. */
  issuer: z.string().trim().min(1).max(500),
  clientId,
  clientSecret,
  isEnabled: z.boolean(),
  /** Whether somebody with a confirmed address at a proved domain becomes a member by coming in. */
  joinsByDomain: z.boolean(),
  /** What such a new member may do. */
  defaultRoles,
});
export type AddConnection = z.output<typeof AddConnection>;

export const ChangeConnection = z.object({
  connectionId,
  name,
  clientId,
  /** Left out, the one that is kept stays. */
  clientSecret: clientSecret.optional(),
  isEnabled: z.boolean(),
  joinsByDomain: z.boolean(),
  defaultRoles,
});
export type ChangeConnection = z.output<typeof ChangeConnection>;

export const ConnectionRef = z.object({ connectionId });
export type ConnectionRef = z.output<typeof ConnectionRef>;

export const ConnectionDto = z.object({
  id: z.string(),
  name: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  isEnabled: z.boolean(),
  joinsByDomain: z.boolean(),
  defaultRoles: z.array(z.string()),
  /** How many members come in by it. */
  members: z.number().int(),
});
export type ConnectionDto = z.output<typeof ConnectionDto>;

export const Connections = z.object({
  rows: z.array(ConnectionDto),
  /** What has to stand at the provider as the address it may send people back to. */
  redirectUri: z.string(),
});
export type Connections = z.output<typeof Connections>;

/** What a person may know of a provider: whether they come in by it. */
export const MyConnection = z.object({ id: z.string(), name: z.string(), isLinked: z.boolean() });
export type MyConnection = z.output<typeof MyConnection>;

export const ssoPurposes = ["sign-in", "step-up", "link"] as const;
export type SsoPurpose = (typeof ssoPurposes)[number];

/** A step-up may leave the provider open: then it is the one the person comes in by. */
export const StartSso = z.object({ connectionId: connectionId.optional(), purpose: z.enum(ssoPurposes).default("sign-in") });
export type StartSso = z.output<typeof StartSso>;

/** What was asked of a provider. The browser that asked keeps it, sealed, until the answer comes. */
export const SsoQuestion = z.object({
  connectionId: z.string(),
  purpose: z.enum(ssoPurposes),
  state: z.string().min(20),
  nonce: z.string().min(20),
  verifier: z.string().min(43),
  /** The session that a step-up or a link is for. */
  sessionId: z.string().nullable(),
  next: z.string(),
});
export type SsoQuestion = z.output<typeof SsoQuestion>;

export const ssoErrors = defineErrors({
  "sso/issuer-invalid": "invalid",
  "sso/issuer-not-https": "invalid",
  "sso/issuer-inside": "invalid",
  "sso/issuer-unreachable": "unavailable",
  "sso/issuer-no-provider": "invalid",
  "sso/issuer-mismatch": "invalid",
  "sso/issuer-incomplete": "invalid",
  "sso/role-unknown": "invalid",
  "sso/role-beyond-own": "forbidden",
  "sso/role-owner": "invalid",
  "sso/roles-missing": "invalid",
  "sso/required": "conflict",
  "sso/connection-not-found": "not-found",
  "sso/denied": "forbidden",
  "sso/provider-failed": "unavailable",
  /** The answer does not belong to this browser's question, or came too late. */
  "sso/answer-stale": "invalid",
  "sso/answer-used": "invalid",
  /** Wrong issuer, audience, nonce, signature or time: what was wrong stands in the log alone. */
  "sso/answer-wrong": "forbidden",
  "sso/not-linked": "forbidden",
  "sso/link-first": "forbidden",
  "sso/email-unverified": "forbidden",
  "sso/domain-unproved": "forbidden",
  "sso/member-inactive": "forbidden",
  "sso/other-person": "forbidden",
  "sso/identity-taken": "conflict",
  "sso/last-way-in": "conflict",
});
