import { router } from "@atrium/api";
import type { JobDefinition } from "@atrium/api";
import { anchorAudit, verifyAuditTrails } from "./audit/jobs.ts";
import { auditRouter } from "./audit/router.ts";
import { credentialJobs } from "./credential/jobs.ts";
import { credentialRouter } from "./credential/router.ts";
import { deviceRouter } from "./device/router.ts";
import { domainRouter } from "./domain/router.ts";
import { sweepFailuresJob } from "./delay/jobs.ts";
import { sendLinkJob } from "./link/jobs.ts";
import { memberRouter } from "./member/router.ts";
import { mfaRouter } from "./mfa/router.ts";
import { operatorRouter } from "./operator/router.ts";
import { passkeyRouter } from "./passkey/router.ts";
import { roleRouter } from "./role/router.ts";
import { securityRouter } from "./security/router.ts";
import { forgetSessionsJob } from "./session/jobs.ts";
import { sessionRouter } from "./session/router.ts";
import { signInRouter } from "./sign-in/router.ts";
import { ssoRouter } from "./sso/router.ts";
import { supportRouter } from "./support/router.ts";
import { companyRouter } from "./tenant/router.ts";

export const identityRouter = router({
  audit: auditRouter,
  company: companyRouter,
  domains: domainRouter,
  security: securityRouter,
  session: sessionRouter,
  members: memberRouter,
  roles: roleRouter,
  credentials: credentialRouter,
  mfa: mfaRouter,
  passkeys: passkeyRouter,
  devices: deviceRouter,
  signIn: signInRouter,
  sso: ssoRouter,
  support: supportRouter,
  operator: operatorRouter,
});

export const identityJobs: readonly JobDefinition[] = [forgetSessionsJob, anchorAudit, verifyAuditTrails, sweepFailuresJob, sendLinkJob, ...credentialJobs];

export { anchorTrail, auditedCompany, exportAudit, verifyNewest, verifyTrail } from "./audit/service.ts";
export type { AuditedCompany, AuditSurroundings } from "./audit/service.ts";
export { Claims, Credentials, PasskeyAnswer, SignIn } from "./contract.ts";
export { findTenantByHost } from "./domain/service.ts";
export { identityEnv } from "./env.ts";
export { signIn, signInByPasskey } from "./sign-in/service.ts";
export { findTenant, requireTenant, signOut } from "./session/service.ts";
export type { DirectoryEntry } from "./session/service.ts";
export { asGuest } from "./guest.ts";
export type { GuestRequest } from "./guest.ts";
export { lookIn } from "./operator/service.ts";
export { createOperator, deactivateOperator, listOperators, resetOperatorMfa } from "./operator/tending.ts";
export { askProvider, questionMinutes, takeAnswer } from "./sso/flow.ts";
export type { SsoOutcome } from "./sso/flow.ts";
export { modulesInUse, seatsUsed } from "./plan/service.ts";
export { ssoSettings } from "./sso/provider.ts";
export { offeredConnections } from "./sso/service.ts";
export { archiveOf } from "./tenant/archive.ts";
export type { OutsideRequest } from "./tenant/founding.ts";
export {
  beginExport, beginSignUp, confirmSignUp, createTenant, deleteTenant, findCompanyOf, isSlugTaken, listCompanies, restoreTenant, resumeTenant, suspendTenant,
} from "./tenant/service.ts";
export type { FoundCompany, LifecycleOrder } from "./tenant/service.ts";
export { companiesSignedInTo } from "./tenant/switching.ts";
export type { OpenCompany } from "./tenant/switching.ts";
