import { auditErrors } from "./audit/contract.ts";
import { domainErrors } from "./domain/contract.ts";
import { memberErrors } from "./member/contract.ts";
import { roleErrors } from "./role/contract.ts";
import { sessionErrors } from "./session/contract.ts";

export * from "./audit/contract.ts";
export * from "./domain/contract.ts";
export * from "./member/contract.ts";
export * from "./role/contract.ts";
export * from "./session/contract.ts";

export const identityErrors = { ...auditErrors, ...domainErrors, ...sessionErrors, ...memberErrors, ...roleErrors };
