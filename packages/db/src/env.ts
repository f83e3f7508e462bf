import { z } from "zod";

/** This room's slice of the environment. */
export const dbEnv = {
  /** The restricted role's address. Never a superuser's: `assertRestrictedRole` refuses to start with one. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Connections this process may hold. */
  DATABASE_POOL_MAX: z.coerce.number().int().min(1).max(200).default(10),
};
