import { requestDays } from "./contract.ts";
import type { SupportGrantDto } from "./contract.ts";

/** A grant as it is kept. */
export interface Grant {
  readonly status: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date | null;
}

const dayMs = 86_400_000;

/** How a grant stands at a moment. */
export function standingOf({ status, requestedAt, expiresAt }: Grant, now: Date): SupportGrantDto["status"] {
  switch (status) {
    case "requested":
      return now.getTime() - requestedAt.getTime() > requestDays * dayMs ? "over" : "requested";
    case "granted":
      return expiresAt !== null && expiresAt > now ? "granted" : "over";
    case "refused":
      return "refused";
    default:
      return "ended";
  }
}
