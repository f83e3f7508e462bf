import { router } from "@atrium/api";
import type { JobDefinition } from "@atrium/api";
import { anchorAudit, verifyAuditTrails } from "./audit/jobs.ts";
import { auditRouter } from "./audit/router.ts";
import { deviceRouter } from "./device/router.ts";
import { domainRouter } from "./domain/router.ts";
import { sweepFailuresJob } from "./delay/jobs.ts";
import { memberRouter } from "./member/router.ts";
import { mfaRouter } from "./mfa/router.ts";
import { passkeyRouter } from "./passkey/router.ts";
import { roleRouter } from "./role/router.ts";
import { forgetSessionsJob } from "./session/jobs.ts";
import { sessionRouter } from "./session/router.ts";
import { signInRouter } from "./sign-in/router.ts";

export const identityRouter = router({ audit: auditRouter, domains: domainRouter, session: sessionRouter, members: memberRouter, roles: roleRouter, mfa: mfaRouter, passkeys: passkeyRouter, devices: deviceRouter, signIn: signInRouter });

export const identityJobs: readonly JobDefinition[] = [forgetSessionsJob, anchorAudit, verifyAuditTrails, sweepFailuresJob];

export { auditedCompany, companies } from "./audit/jobs.ts";
export type { AuditSurroundings } from "./audit/jobs.ts";
export { anchorTrail, exportAudit, verifyTrail } from "./audit/service.ts";
export type { AuditedCompany } from "./audit/service.ts";
export { Claims, Credentials, PasskeyAnswer, SignIn } from "./contract.ts";
export { findTenantByHost } from "./domain/service.ts";
export { identityEnv } from "./env.ts";
export { signIn, signInByPasskey } from "./sign-in/service.ts";
export { endSessions, findTenant, openSession, signOut } from "./session/service.ts";
export type { DirectoryEntry, Proof } from "./session/service.ts";
export { asGuest } from "./guest.ts";
export type { GuestRequest } from "./guest.ts";
