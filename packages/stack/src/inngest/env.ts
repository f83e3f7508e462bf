/** The settings of a local Inngest server that runs as a process of its own. */
import { z } from "zod";

const InngestEnv = z.object({
  INNGEST_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  INNGEST_SIGNING_KEY: z.string().regex(/^(signkey-\w+-)?([0-9a-f]{2}){16,}$/i, "a key is hex of 16 bytes or more, after an optional signkey-<env>-"),
  INNGEST_EVENT_KEY: z.string().min(16),
  INNGEST_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  INNGEST_APP_URL: z.url().optional(),
  INNGEST_RETRY_INTERVAL_MS: z.coerce.number().int().positive().optional(),
  INNGEST_RETENTION_DAYS: z.coerce.number().int().positive().default(14),
});
export type InngestEnv = z.output<typeof InngestEnv>;

/** @throws with the name of every variable that is wrong and what is wrong with it */
export function readInngestEnv(): InngestEnv {
  const parsed = InngestEnv.safeParse(process.env);
  if (!parsed.success) throw new Error(`The local Inngest server cannot start:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
