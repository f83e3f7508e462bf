import { router } from "@atrium/api";
import type { JobDefinition } from "@atrium/api";
import { memberRouter } from "./member/router.ts";
import { roleRouter } from "./role/router.ts";
import { forgetSessionsJob } from "./session/jobs.ts";
import { sessionRouter } from "./session/router.ts";

export const identityRouter = router({ session: sessionRouter, members: memberRouter, roles: roleRouter });

export const identityJobs: readonly JobDefinition[] = [forgetSessionsJob];

export { Claims, Credentials } from "./contract.ts";
export { findTenantByHost } from "./domain/service.ts";
export { endSessions, findTenant, openSession, signIn, signOut } from "./session/service.ts";
export type { DirectoryEntry, Proof } from "./session/service.ts";
export { asGuest } from "./guest.ts";
export type { GuestRequest } from "./guest.ts";
