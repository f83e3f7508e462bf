import type { RedisDoor } from "@atrium/limits";
import { houseAddress } from "./hosts.ts";
import type { HouseAddress } from "./hosts.ts";

/** The little that the middleware knows of its surroundings. */
export interface EdgeSettings {
  readonly isDevelopment: boolean;
  readonly isHttps: boolean;
  readonly house: HouseAddress;
  /** Opens a session's token. */
  readonly secret: string;
  /** Where requests are counted and ended sessions are mirrored; undefined where there is no Redis. */
  readonly redis: RedisDoor | undefined;
}

/**
 * The door to Redis, where both of its variables are set.
 * @param budget for how many ms an answer is waited for, where that is not the usual time
 */
export const redisDoor = (url: string | undefined, token: string | undefined, budget?: string): RedisDoor | undefined =>
  url && token ? { url, token, ...(budget && { budgetMs: Number(budget) }) } : undefined;

/** Read at the first request rather than while building, where none of this is known. */
export function edgeSettings(): EdgeSettings {
  const { NODE_ENV, ATRIUM_URL = "http://localhost", ATRIUM_TENANT_HOSTS, NEXTAUTH_SECRET, UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN, ATRIUM_REDIS_BUDGET_MS } = process.env;
  return {
    isDevelopment: NODE_ENV === "development",
    isHttps: ATRIUM_URL.startsWith("https://"),
    house: houseAddress(ATRIUM_URL, ATRIUM_TENANT_HOSTS),
    secret: NEXTAUTH_SECRET ?? "",
    redis: redisDoor(UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN, ATRIUM_REDIS_BUDGET_MS),
  };
}
