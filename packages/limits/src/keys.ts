import type { BucketName } from "./route-classes.ts";

/** Ids come from tokens and addresses: nothing in one may end the hash tag, or look like a part of the key. */
const escaped = (id: string): string => encodeURIComponent(id).replaceAll("*", "%2A");

/** All that belongs to one company, or to one address, lies under one hash tag, so that one script can reach it in a cluster. */
export const tenantPrefix = (tenantId: string): string => `limits:{${escaped(tenantId)}}`;
export const addressPrefix = (address: string): string => `limits:{at-${escaped(address)}}`;

export const configKey = (tenantId: string): string => `${tenantPrefix(tenantId)}:config`;

/** @param owner whose bucket it is within the company or address; empty for its own */
export const bucketKey = (prefix: string, bucket: BucketName, owner = ""): string => `${prefix}:bucket:${bucket}${owner === "" ? "" : `:${escaped(owner)}`}`;

/** The mirror's entry of a session that was ended; it lives as long as the session would have. */
export const endedKey = (tenantId: string, sessionId: string): string => `${tenantPrefix(tenantId)}:ended:${escaped(sessionId)}`;

/** Counts of what was admitted and refused. The script makes these names by Redis's clock; see `spans` for their lengths. */
export const usageKey = (prefix: string, span: "minute" | "hour" | "day", index: number): string => `${prefix}:usage:${span}:${String(index)}`;

/** Days begin at midnight in India, where the companies are. */
export const indiaOffsetMs = 19_800_000;
const dayMs = 86_400_000;

export const dayIndex = (ms: number): number => Math.floor((ms + indiaOffsetMs) / dayMs);
export const hourIndex = (ms: number): number => Math.floor(ms / 3_600_000);
export const minuteIndex = (ms: number): number => Math.floor(ms / 60_000);

/** What the house itself counts: decisions that were made without Redis, by class. */
export const degradedKey = (day: number): string => `limits:{house}:degraded:${String(day)}`;
