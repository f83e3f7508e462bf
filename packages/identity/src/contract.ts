import { memberErrors } from "./member/contract.ts";
import { sessionErrors } from "./session/contract.ts";

export * from "./member/contract.ts";
export * from "./session/contract.ts";

export const identityErrors = { ...sessionErrors, ...memberErrors };
