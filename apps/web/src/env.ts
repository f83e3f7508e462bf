import { apiEnv } from "@atrium/api";
import { billingEnv } from "@atrium/billing";
import { dbEnv } from "@atrium/db";
import { identityEnv } from "@atrium/identity";
import { faultsOfKeys, vaultEnv } from "@atrium/vault";
import { z } from "zod";

/** Secrets that stand in somebody's documentation, or that one hand typed on one key. */
const isGuessable = (secret: string): boolean =>
  new Set(secret).size < 12 || /^(change|replace|secret|password|example|test|dev|your)/i.test(secret);

/** The app's own slice. */
export const webEnv = {
  NODE_ENV: z.enum(["production", "development", "test"]).default("development"),
  /** The address people type, e.g. `https://hr.example.in`. With https the session's cookie is for https alone. */
  ATRIUM_URL: z.url({ protocol: /^https?$/, error: "must be the address people type, beginning with http:// or https://" }),
  /** Host names of companies: with `.hr.example.in`, `acme.hr.example.in` is Acme's. */
  ATRIUM_TENANT_HOSTS: z
    .string()
    .regex(/^(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/, { error: "must be what follows a company's name in a host name, with its leading dot, e.g. .hr.example.in" })
    .optional(),
  /** How many proxies stand before this process: that many entries of `x-forwarded-for`, from the right, are theirs to believe. */
  ATRIUM_TRUSTED_PROXIES: z.coerce.number({ error: "must be the number of proxies before this process, 0 to 9" }).int().min(0).max(9).default(0),
  /** Signs and encrypts the sessions. */
  NEXTAUTH_SECRET: z
    .string({ error: "is missing: sessions cannot be signed without it" })
    .min(32, { error: "is too short: it needs at least 32 characters, e.g. from `openssl rand -base64 48`", abort: true })
    .refine((secret) => !isGuessable(secret), { error: "can be guessed: take a random one, e.g. from `openssl rand -base64 48`" }),
  /** Refused: they are process-wide, and the company stands in the path of each request. */
  NEXTAUTH_URL: z.undefined({ error: "must not be set: each company's sign-in has an address of its own below ATRIUM_URL" }).optional(),
  AUTH_TRUST_HOST: z.undefined({ error: "must not be set: the Host header is the caller's to choose, so no address is made from it" }).optional(),
  UPSTASH_REDIS_REST_URL: z.url().optional(),
  UPSTASH_REDIS_REST_TOKEN: z.string().min(1).optional(),
  /** For how long the limiter waits for Redis before it decides without. Read on the edge. */
  ATRIUM_REDIS_BUDGET_MS: z.coerce.number({ error: "must be the milliseconds to wait for Redis, 20 to 5000" }).int().min(20).max(5_000).optional(),
  /** Whom companies write to about their account. */
  ATRIUM_SUPPORT_EMAIL: z.email({ error: "must be an email address, e.g. support@example.in" }).optional(),
  /** Companies that the first page offers: those of the demo, by their address names with commas between. */
  ATRIUM_DEMO_TENANTS: z
    .string()
    .default("")
    .transform((list) => list.split(",").filter((slug) => slug !== "")),
  /** The migrations this build was made with; the build writes them in. */
  ATRIUM_MIGRATIONS: z
    .string()
    .default("")
    .transform((list) => list.split(",").filter((name) => name !== "")),
};

const schema = z.object({ ...dbEnv, ...vaultEnv, ...apiEnv, ...identityEnv, ...billingEnv, ...webEnv });

export type Env = z.output<typeof schema>;

type Source = Readonly<Record<string, string | undefined>>;

/** Reads and checks an environment. Either it, or one sentence for each variable that is wrong. */
export function readEnv(source: Source): { readonly env: Env } | { readonly faults: readonly string[] } {
  const read = schema.safeParse(source);
  const single = read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join(".")} ${sentenceOf(message)}`);
  const faults = [...single, ...faultsTogether(source)];
  return read.success && faults.length === 0 ? { env: read.data } : { faults };
}

/** What is wrong with variables in view of each other. Told even when single ones are wrong too, so that all is told at once. */
function faultsTogether(source: Source): readonly string[] {
  const { INNGEST_DEV, INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY, SMTP_URL, MAIL_FROM, MAIL_OUTBOX_DIR, S3_BUCKET, FILES_DIR, UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN } = source;
  const isProduction = source["NODE_ENV"] === "production";
  const faults = {
    "INNGEST_DEV must not be set in production: it switches off the check that job calls are signed.": isProduction && INNGEST_DEV !== undefined,
    "INNGEST_SIGNING_KEY is missing: without it nobody can tell the job server's calls from a stranger's.": isProduction && !INNGEST_SIGNING_KEY,
    "INNGEST_EVENT_KEY is missing: without it the job server takes no news, and no job starts.": isProduction && !INNGEST_EVENT_KEY,
    "UPSTASH_REDIS_REST_URL is missing: without Redis behind its REST door nobody can count tries, so nobody can sign in.": isProduction && !UPSTASH_REDIS_REST_URL,
    "UPSTASH_REDIS_REST_TOKEN is missing: without it the door to Redis lets nobody in.": isProduction && !UPSTASH_REDIS_REST_TOKEN,
    "SMTP_URL is missing: without a mail server, or MAIL_OUTBOX_DIR in its place, no mail can leave.": !SMTP_URL && !MAIL_OUTBOX_DIR,
    "MAIL_FROM is missing: a mail server asks who sends, e.g. `Acme HR <hr@example.in>`.": SMTP_URL !== undefined && !MAIL_FROM,
    "S3_BUCKET is missing: without a bucket, or FILES_DIR in its place, no file can be kept.": !S3_BUCKET && !FILES_DIR,
  };
  return [...Object.entries(faults).flatMap(([fault, isThere]) => (isThere ? [fault] : [])), ...faultsOfKeys(source)];
}

const sentenceOf = (message: string): string => {
  const text = message.replace(/^Invalid input: expected .*, received undefined$/, "is missing").replace(/^Invalid/, "is not valid: invalid");
  return text.endsWith(".") ? text : `${text}.`;
};

let checked: Env | undefined;

/** The process's environment, checked once. Throws with every fault; `instrumentation.ts` has said them before. */
export function env(): Env {
  if (checked) return checked;
  const read = readEnv(processEnv());
  if ("faults" in read) throw new Error(read.faults.join("\n"));
  return (checked = read.env);
}

/** What the build inlines is named in full: a bundler replaces the words, not the meaning. */
export const processEnv = (): Source => ({
  ...process.env,
  NODE_ENV: process.env.NODE_ENV,
  ATRIUM_MIGRATIONS: process.env.ATRIUM_MIGRATIONS,
});

/** The number of trusted proxies alone: requests are set right before the rest has been checked. */
export const trustedProxies = (source: Source): number => webEnv.ATRIUM_TRUSTED_PROXIES.safeParse(source["ATRIUM_TRUSTED_PROXIES"]).data ?? 0;
