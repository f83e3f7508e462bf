import { tenantClockJob } from "@atrium/api";
import type { JobDefinition } from "@atrium/api";
import { forgetSessions } from "./service.ts";

/** Every night at 01:10 UTC. */
export const forgetSessionsJob: JobDefinition = tenantClockJob("identity/forget-sessions", "10 1 * * *", forgetSessions);
