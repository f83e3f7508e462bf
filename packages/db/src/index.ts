export { writeAudit } from "./audit.ts";
export { openDatabase } from "./database.ts";
export type { Database, SystemDb, TenantDb } from "./database.ts";
export { dbEnv } from "./env.ts";
export { faultFrom } from "./faults.ts";
export { faultOfRole } from "./restricted-role.ts";
export { Prisma } from "./generated/client.ts";
