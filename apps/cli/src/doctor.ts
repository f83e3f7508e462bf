import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findRunningPostgres, loadSecrets, openHome } from "@atrium/stack";
import { z } from "zod";
import { demoPasswordOf, readCliEnv } from "./env.ts";
import { examine } from "./examine.ts";
import type { Diagnosis, Patient } from "./examine.ts";
import { houseAt, keysOf } from "./house.ts";
import { freshClient } from "./offline.ts";
import type { Lifetime } from "./lifetime.ts";
import { Refusal, say } from "./report.ts";
import { during } from "./start.ts";

/** `atrium doctor`: a line for each part, and how to mend it. Starts and changes nothing. @returns the exit code: 1 when a part is not well */
export function doctor(dataDir: string): Promise<number> {
  return during(async (lifetime) => {
    const found = await examine(await patientAt(dataDir, lifetime));
    for (const diagnosis of found) say(lineOf(diagnosis));
    const ill = found.filter(({ isWell }) => !isWell).length;
    if (ill > 0) throw new Refusal(`Not well: ${ill} of ${found.length}. Mend the first one first; those below may follow from it.`);
  });
}

export const lineOf = ({ name, isWell, said }: Diagnosis): string => `${isWell ? "✓" : "✗"} ${name.padEnd(18)} ${said}`.trimEnd();

async function patientAt(dataDir: string, lifetime: Lifetime): Promise<Patient> {
  const env = readCliEnv();
  if (!existsSync(dataDir)) throw new Refusal(`There is no data folder at ${dataDir}. Start Atrium once, or name the folder with --data DIR.`);
  await freshClient(lifetime);
  const home = await openHome(dataDir);
  const running = env.DATABASE_URL === undefined ? await findRunningPostgres(home, loadSecrets(home.dataDir, demoPasswordOf(env))) : undefined;
  const appUrl = env.DATABASE_URL ?? running?.appUrl;
  const house = appUrl === undefined ? undefined : await houseAt(appUrl, env, home);
  if (house) lifetime.add("the database's connections", house.database.close);
  return {
    folders: [home.dataDir, home.serviceDir],
    appUrl,
    house,
    keysFile: keysOf(env, home).ATRIUM_KEYS_FILE,
    redis: env.UPSTASH_REDIS_REST_URL ? { url: withoutSlash(env.UPSTASH_REDIS_REST_URL), token: env.UPSTASH_REDIS_REST_TOKEN ?? "" } : undefined,
    jobsUrl: env.INNGEST_BASE_URL ? withoutSlash(env.INNGEST_BASE_URL) : undefined,
    webUrl: webOf(home.dataDir),
  };
}

const withoutSlash = (url: string): string => url.replace(/\/$/, "");

/** Where the application of the running launcher answers, as the launcher has written it down. */
function webOf(dataDir: string): string | undefined {
  const file = join(dataDir, "launcher.json");
  if (!existsSync(file)) return undefined;
  return z.object({ url: z.url() }).safeParse(JSON.parse(readFileSync(file, "utf8"))).data?.url;
}
