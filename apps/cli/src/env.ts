import { z } from "zod";
import { Refusal } from "./report.ts";

/** A variable that is there but empty says nothing. */
const optional = (schema: z.ZodType<string>) => z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

const CliEnv = z.object({
  /** A database of one's own, as the restricted role; the embedded one stays away then. */
  DATABASE_URL: optional(z.url()),
  /** The role that owns the objects of that database: migrations run as it. */
  DATABASE_OWNER_URL: optional(z.url()),
  UPSTASH_REDIS_REST_URL: optional(z.url()),
  UPSTASH_REDIS_REST_TOKEN: optional(z.string()),
  INNGEST_BASE_URL: optional(z.url()),
  INNGEST_DEV: optional(z.string()),
  INNGEST_EVENT_KEY: optional(z.string()),
  INNGEST_SIGNING_KEY: optional(z.string()),
  /** Keys of one's own that wrap the companies' keys; the data folder has its own otherwise. */
  ATRIUM_KEYS_FILE: optional(z.string()),
  ATRIUM_KEYS: optional(z.string()),
  /** A bucket for the files; the data folder has them otherwise. */
  S3_BUCKET: optional(z.string()),
  S3_REGION: optional(z.string()),
  S3_ENDPOINT: optional(z.url()),
  S3_ACCESS_KEY_ID: optional(z.string()),
  S3_SECRET_ACCESS_KEY: optional(z.string()),
  NEXTAUTH_SECRET: optional(z.string()),
  /** The address people type, when it is not the one printed at the start. */
  ATRIUM_URL: optional(z.url()),
  /** The demo accounts' password; made once for each data folder when it is not given. */
  ATRIUM_DEMO_PASSWORD: optional(z.string().min(12, "must have at least 12 characters")),
});
export type CliEnv = z.output<typeof CliEnv>;

/** The variables the launcher reads. Throws a sentence that names each one that is wrong. */
export function readCliEnv(): CliEnv {
  const parsed = CliEnv.safeParse(process.env);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message.replace(/^Invalid/, "is not valid:")}`);
  throw new Refusal(`${faults.join("\n")}\nMend or unset what is named, then start again.`);
}

/** The demo's password where one was chosen; a data folder keeps the one its accounts were made with. */
export function demoPasswordOf({ ATRIUM_DEMO_PASSWORD: demoPassword }: CliEnv): { readonly demoPassword?: string } {
  return demoPassword === undefined ? {} : { demoPassword };
}

/** Everything the terminal gave, for the programs that are started from here, with `extra` laid over it. */
export function environment(extra: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const all = Object.entries({ ...process.env, ...extra });
  return Object.fromEntries(all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** Whether npm started this process: then npm's death is the end of the start as well. */
export function isRunByNpm(): boolean {
  return process.env["npm_lifecycle_event"] !== undefined;
}

/** The folder the command was typed in: npm changes into the repository before it runs a script, and leaves a note of it. */
export function startedIn(): string {
  return process.env["INIT_CWD"] ?? process.cwd();
}

/** Laid over an environment, takes away whatever would lead a program to a service of the person's own. */
export const withoutServices: Readonly<Record<string, undefined>> = Object.fromEntries(
  Object.keys(CliEnv.shape).map((name) => [name, undefined]),
);

/** Stands in the place of every secret while the web application is built; a search for it finds one that was written in. */
export const BUILD_MARK = "no-secret-belongs-into-a-build";

/** Laid over an environment, takes every secret out of it: a build needs none, and is handed to others. */
export function withoutSecrets(): Record<string, string> {
  const always = ["DATABASE_URL", "NEXTAUTH_SECRET", "INNGEST_SIGNING_KEY", "INNGEST_EVENT_KEY", "UPSTASH_REDIS_REST_TOKEN", "ATRIUM_KEYS"];
  const given = Object.keys(process.env).filter((name) => /(SECRET|PASSWORD|TOKEN|_KEYS?|DATABASE_URL|OWNER_URL|SMTP_URL)$/.test(name));
  return Object.fromEntries([...always, ...given].map((name) => [name, BUILD_MARK]));
}
