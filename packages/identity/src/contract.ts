import { auditErrors } from "./audit/contract.ts";
import { delayErrors } from "./delay/contract.ts";
import { deviceErrors } from "./device/contract.ts";
import { domainErrors } from "./domain/contract.ts";
import { memberErrors } from "./member/contract.ts";
import { mfaErrors } from "./mfa/contract.ts";
import { passkeyErrors } from "./passkey/contract.ts";
import { roleErrors } from "./role/contract.ts";
import { sessionErrors } from "./session/contract.ts";
import { signInErrors } from "./sign-in/contract.ts";
import { companyErrors, signUpErrors } from "./tenant/contract.ts";

export * from "./audit/contract.ts";
export * from "./delay/contract.ts";
export * from "./device/contract.ts";
export * from "./domain/contract.ts";
export * from "./member/contract.ts";
export * from "./mfa/contract.ts";
export * from "./passkey/contract.ts";
export * from "./role/contract.ts";
export * from "./session/contract.ts";
export * from "./sign-in/contract.ts";
export * from "./subscription/contract.ts";
export * from "./tenant/contract.ts";

export const identityErrors = { ...auditErrors, ...domainErrors, ...sessionErrors, ...memberErrors, ...roleErrors, ...deviceErrors, ...mfaErrors, ...passkeyErrors, ...signInErrors, ...delayErrors, ...companyErrors, ...signUpErrors };
