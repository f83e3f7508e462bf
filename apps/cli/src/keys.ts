import type { Company } from "@atrium/db";
import type { Progress } from "@atrium/vault";
import { readCliEnv } from "./env.ts";
import { openHouse } from "./house.ts";
import type { House } from "./house.ts";
import { complain, Refusal, say } from "./report.ts";
import { keyVariables } from "./services.ts";
import { during } from "./start.ts";

/**
 * `atrium keys rotate`: another key-encryption key, another key for every company, and everything sealed anew, while Atrium
 * runs. One that was broken off is gone on with. @returns the exit code: 1 when something could not be opened
 */
export async function rotateKeys(dataDir: string): Promise<number> {
  let unreadable: readonly string[] = [];
  const code = await during(async (lifetime) => {
    const house = await openHouse(dataDir, lifetime);
    unreadable = await rotate(house, keyVariables(readCliEnv(), { dataDir }).ATRIUM_KEYS_FILE, lifetime.signal);
  });
  return code === 0 && unreadable.length === 0 ? 0 : 1;
}

/** `atrium keys status`: which keys there are, and what lies under which. @returns the exit code */
export function showKeys(dataDir: string): Promise<number> {
  return during(async (lifetime) => {
    const { database, keyring } = await openHouse(dataDir, lifetime);
    const [{ everyCompany }, { statusOf }] = await Promise.all([import("@atrium/db"), import("@atrium/vault")]);
    const current = await keyring.encryption.currentId();
    say(`Keys are wrapped by ${current}.`);
    for (const company of await everyCompany(database)) {
      const { wrappedBy, version, sealedNow, sealedBefore, unretired } = await statusOf({ database }, company);
      const others = Object.keys(wrappedBy).filter((id) => id !== current);
      const remarks = [
        version === undefined ? "nothing sealed yet" : `${sealedNow} values under key ${version}`,
        ...(sealedBefore > 0 ? [`${sealedBefore} under older ones`] : []),
        ...(unretired > 0 ? [`${unretired} older in use`] : []),
        ...(others.length > 0 ? [`still wrapped by ${others.join(", ")}`] : []),
      ];
      say(`  ${company.slug.padEnd(14)} ${remarks.join(", ")}`);
    }
  });
}

async function rotate({ database, keyring }: House, file: string | undefined, signal: AbortSignal): Promise<readonly string[]> {
  const [{ everyCompany }, { addKey, isUnderWay, replaceKeys }] = await Promise.all([import("@atrium/db"), import("@atrium/vault")]);
  const now = new Date();
  const around = { database, keyring, now };
  const all = await everyCompany(database);
  if (await isUnderWay(around, all)) say("Going on where the last one was broken off.");
  else if (file === undefined) throw new Refusal("ATRIUM_KEYS holds the keys, and only you can change it. Add a key there, make it the current one, start Atrium again with it, and then rotate.");
  else say(`Another key is in ${file}: ${addKey(file, now.toISOString().slice(0, 10))}. Keep a copy of the file where the backups' secrets are.`);
  const unreadable: string[] = [];
  for await (const progress of replaceKeys(around, all)) {
    tell(progress);
    if (progress.isDone) unreadable.push(...progress.unreadable.map((where) => `${progress.company.slug}: ${where}`));
    // What is done stays done; the next call goes on from here.
    if (signal.aborted) throw new Refusal("Broken off. `atrium keys rotate` goes on from here.");
  }
  say(unreadable.length === 0 ? "Everything is sealed by the new keys." : "All but this is sealed by the new keys:");
  for (const where of unreadable) complain(new Refusal(`  ${where} does not open`));
  return unreadable;
}

function tell({ company, resealed, isDone }: Progress & { readonly company: Company }): void {
  if (isDone) say(`  ${company.slug.padEnd(14)} ${resealed} values sealed anew`);
  else if (resealed % 5_000 === 0) say(`  ${company.slug.padEnd(14)} ${resealed} …`);
}
