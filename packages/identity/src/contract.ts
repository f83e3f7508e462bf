import { auditErrors } from "./audit/contract.ts";
import { credentialErrors } from "./credential/contract.ts";
import { delayErrors } from "./delay/contract.ts";
import { deviceErrors } from "./device/contract.ts";
import { domainErrors } from "./domain/contract.ts";
import { linkErrors } from "./link/contract.ts";
import { memberErrors } from "./member/contract.ts";
import { mfaErrors } from "./mfa/contract.ts";
import { operatorErrors } from "./operator/contract.ts";
import { passkeyErrors } from "./passkey/contract.ts";
import { planErrors } from "./plan/contract.ts";
import { roleErrors } from "./role/contract.ts";
import { securityErrors } from "./security/contract.ts";
import { sessionErrors } from "./session/contract.ts";
import { signInErrors } from "./sign-in/contract.ts";
import { ssoErrors } from "./sso/contract.ts";
import { supportErrors } from "./support/contract.ts";
import { companyErrors, signUpErrors } from "./tenant/contract.ts";

export * from "./audit/contract.ts";
export * from "./credential/contract.ts";
export * from "./delay/contract.ts";
export * from "./device/contract.ts";
export * from "./domain/contract.ts";
export * from "./link/contract.ts";
export * from "./member/contract.ts";
export * from "./mfa/contract.ts";
export * from "./operator/contract.ts";
export * from "./passkey/contract.ts";
export * from "./plan/contract.ts";
export * from "./role/contract.ts";
export * from "./security/contract.ts";
export * from "./session/contract.ts";
export * from "./sign-in/contract.ts";
export * from "./sso/contract.ts";
export * from "./support/contract.ts";
export * from "./tenant/contract.ts";

export const identityErrors = {
  ...auditErrors,
  ...domainErrors,
  ...sessionErrors,
  ...memberErrors,
  ...roleErrors,
  ...deviceErrors,
  ...mfaErrors,
  ...passkeyErrors,
  ...signInErrors,
  ...delayErrors,
  ...companyErrors,
  ...signUpErrors,
  ...credentialErrors,
  ...linkErrors,
  ...ssoErrors,
  ...securityErrors,
  ...supportErrors,
  ...operatorErrors,
  ...planErrors,
};
