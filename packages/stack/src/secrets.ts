import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { explainDisk, StackError } from "./stack-error.ts";

const Secret = z.string().min(16);

/** Every secret of an embedded stack. Made once for each data folder, never committed, never shown except the demo's. */
export const StackSecrets = z.object({
  postgresPassword: Secret,
  ownerPassword: Secret,
  appPassword: Secret,
  jobsPassword: Secret,
  redisPassword: Secret,
  gatewayToken: Secret,
  /** Plain hex of 32 bytes: a prefix would make it odd in length, which a self-hosted Inngest refuses. */
  inngestSigningKey: z.string().regex(/^[0-9a-f]{64}$/),
  inngestEventKey: Secret,
  nextAuthSecret: Secret,
  demoPassword: z.string().min(12),
});
export type StackSecrets = z.infer<typeof StackSecrets>;

const token = () => randomBytes(24).toString("base64url");

/** A full set of fresh secrets. */
export function newSecrets(): StackSecrets {
  return {
    postgresPassword: token(),
    ownerPassword: token(),
    appPassword: token(),
    jobsPassword: token(),
    redisPassword: token(),
    gatewayToken: token(),
    inngestSigningKey: randomBytes(32).toString("hex"),
    inngestEventKey: randomBytes(24).toString("hex"),
    nextAuthSecret: randomBytes(32).toString("base64url"),
    demoPassword: readablePassword(),
  };
}

/**
 * The secrets of a data folder, made on first use; a secret that a later version adds is made when first asked for.
 * @param chosen taken instead of a fresh one where the folder has none yet
 */
export function loadSecrets(dataDir: string, chosen: Partial<StackSecrets> = {}): StackSecrets {
  const file = join(dataDir, "secrets.json");
  const stored = existsSync(file) ? readStored(file) : {};
  const secrets = StackSecrets.safeParse({ ...newSecrets(), ...chosen, ...stored });
  if (!secrets.success) throw unreadable(file, secrets.error);
  if (Object.keys(secrets.data).some((name) => !(name in stored))) save(file, secrets.data);
  return secrets.data;
}

function readStored(file: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** Written beside and renamed, so that a full disk or a kill never leaves half a file where the passwords were. */
function save(file: string, secrets: StackSecrets): void {
  try {
    writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw explainDisk(error, file);
  }
}

function unreadable(file: string, cause: unknown): StackError {
  return new StackError(
    "stack/secrets-unreadable",
    `${file} cannot be read as this stack's secrets. Put the file back as it was, or start afresh with --reset.`,
    { cause },
  );
}

/** Four groups a person can type from a screen, without letters that look alike; 16 of 31 characters is 79 bits. */
function readablePassword(): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const group = () => Array.from({ length: 4 }, () => pick(letters)).join("");
  return Array.from({ length: 4 }, group).join("-");
}

function pick(letters: string): string {
  // Bytes past the last whole multiple are thrown away, or the first letters would come up more often.
  const limit = 256 - (256 % letters.length);
  let byte = limit;
  while (byte >= limit) byte = randomBytes(1).readUInt8(0);
  return letters.charAt(byte % letters.length);
}
