import type { SecurityPolicy } from "./contract.ts";

export interface PolicyChange {
  readonly before: SecurityPolicy;
  readonly after: SecurityPolicy;
  /** The person who changes it has a second factor that works without a provider. */
  readonly hasOwnFactor: boolean;
  readonly enabledConnections: number;
  /** Active owners with a second factor of their own. */
  readonly breakGlassOwners: number;
}

/** Why the policy may not become this; undefined when it may. Only what is tightened is asked about. */
export function refusePolicy({ before, after, hasOwnFactor, enabledConnections, breakGlassOwners }: PolicyChange) {
  if (after.sessionIdleMinutes > after.sessionMaxMinutes) return "security/idle-beyond-max" as const;
  if (after.requiresMfa && !before.requiresMfa && !hasOwnFactor) return "security/own-factor-missing" as const;
  if (after.requiresSso && !before.requiresSso) {
    if (enabledConnections === 0) return "security/no-connection" as const;
    // On the day the provider is down, somebody has to be able to come in and change this.
    if (breakGlassOwners === 0) return "security/no-break-glass" as const;
  }
  return undefined;
}
