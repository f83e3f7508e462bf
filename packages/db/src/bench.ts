import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client.ts";

/**
 * The same client without the tenant transaction, for the benchmark that measures what the transaction costs. The tenant is
 * fixed for every connection from its start, so it serves one company and nothing else.
 */
export function openWithoutTransaction(url: string, tenantId: string, poolMax: number): PrismaClient {
  const confined = new URL(url);
  confined.searchParams.set("options", `-c app.tenant_id=${tenantId}`);
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: confined.href, max: poolMax }), errorFormat: "minimal" });
}
