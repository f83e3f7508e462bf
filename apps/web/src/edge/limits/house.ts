import type { BucketName } from "@atrium/limits";
import { decode, encode } from "next-auth/jwt";

/*
 * What the edge asks of the house behind it, which alone knows the database. Each question carries a token of its own that
 * nobody else can make, for one purpose and one company, and is over in seconds.
 */

export const housePurposes = ["limits-refresh", "limits-alert"] as const;
export type HousePurpose = (typeof housePurposes)[number];

/** Tokens of the house have a key of their own: no session's token is one, nor one of these a session's. */
const salt = "atrium-house";
const maxAgeSeconds = 10;

export interface HouseOrder {
  readonly tenantId: string;
  readonly buckets: readonly string[];
}

/** The token of one question. */
export const sealOrder = (purpose: HousePurpose, { tenantId, buckets }: HouseOrder, secret: string): Promise<string> =>
  encode({ token: { purpose, tenantId, buckets }, secret, salt, maxAge: maxAgeSeconds });

/** What a token asks for; undefined when it is none of the house's, is over, or was made for another purpose. */
export async function openOrder(token: string, purpose: HousePurpose, secret: string): Promise<HouseOrder | undefined> {
  const payload = await decode({ token, secret, salt }).catch(() => null);
  const tenantId: unknown = payload?.["tenantId"];
  const buckets: unknown = payload?.["buckets"];
  if (payload?.["purpose"] !== purpose || typeof tenantId !== "string" || !Array.isArray(buckets)) return undefined;
  return { tenantId, buckets: buckets.filter((name) => typeof name === "string") };
}

export interface House {
  /** Has a company's sizes written to Redis. Throws when they were not. */
  readonly refresh: (tenantId: string) => Promise<void>;
  /** Tells that a company has used nine tenths of these. A word that was lost is told by the next window's. */
  readonly alert: (tenantId: string, buckets: readonly BucketName[]) => Promise<void>;
}

const patienceMs = 500;

/** @param origin where this very process listens */
export function askHouse(origin: string, secret: string): House {
  const post = async (path: string, purpose: HousePurpose, order: HouseOrder): Promise<void> => {
    const headers = { authorization: `Bearer ${await sealOrder(purpose, order, secret)}` };
    const answer = await fetch(new URL(path, origin), { method: "POST", headers, cache: "no-store", signal: AbortSignal.timeout(patienceMs) });
    if (!answer.ok) throw new Error(`${path} was answered with ${String(answer.status)}.`);
  };
  return {
    refresh: (tenantId) => post("/api/limits/refresh", "limits-refresh", { tenantId, buckets: [] }),
    alert: (tenantId, buckets) => post("/api/limits/alert", "limits-alert", { tenantId, buckets }).catch(() => undefined),
  };
}
