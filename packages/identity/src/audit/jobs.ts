import { clockJob } from "@atrium/api";
import type { JobDefinition } from "@atrium/api";
import { anchorTrails, verifyTrails } from "./service.ts";

/** Every hour. */
export const anchorAudit: JobDefinition = clockJob("identity/anchor-audit", "17 * * * *", (runtime) => anchorTrails(runtime, runtime.clock()));

/** Every night at 20:40 UTC. */
export const verifyAuditTrails: JobDefinition = clockJob("identity/verify-audit", "40 20 * * *", verifyTrails);
