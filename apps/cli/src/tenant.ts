import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { OutsideRequest } from "@atrium/identity";
import { openHouse } from "./house.ts";
import type { House, OwnHouse } from "./house.ts";
import { addressOver } from "./instance.ts";
import type { Lifetime } from "./lifetime.ts";
import { Refusal, say } from "./report.ts";
import { during } from "./start.ts";

// The packages of the domains are loaded late: their database client may have been generated a moment ago.

/** `atrium tenant list`. @returns the exit code */
export function listAll(dataDir: string): Promise<number> {
  return withHouse(dataDir, async ({ database }) => {
    const { listCompanies } = await import("@atrium/identity");
    const companies = await listCompanies(database);
    for (const { slug, name, status, plan, createdAt, deletedAt } of companies) {
      const since = deletedAt === null ? `since ${dayOf(createdAt)}` : `on ${dayOf(deletedAt)}`;
      say(`  ${slug.padEnd(24)} ${status.padEnd(10)} ${plan.padEnd(13)} ${since}  ${name}`);
    }
    if (companies.length === 0) say("  There is no company yet.");
  });
}

/** `atrium tenant create`. @returns the exit code */
export function createCompany(dataDir: string, typed: Readonly<Record<"company" | "slug" | "name" | "email" | "plan", string>>): Promise<number> {
  return withHouse(dataDir, async (house) => {
    const [{ createTenant }, { SignUp }] = await Promise.all([import("@atrium/identity"), import("@atrium/identity/contract")]);
    const read = SignUp.safeParse(typed);
    if (!read.success) throw new Refusal(read.error.issues.map(({ path, message }) => `${path.map(String).join(".")}: ${sentenceOf(message)}`).join("\n"));
    const secret = await createTenant(await outside(house), read.data);
    say(`${read.data.company} is there. ${read.data.name} comes in by this link, within seven days and once:`);
    say(`  ${addressOver(dataDir)}/${read.data.slug}/invitation#${secret}`);
  });
}

/** `atrium tenant suspend`. @returns the exit code */
export function suspendCompany(dataDir: string, slug: string, reason = ""): Promise<number> {
  return withHouse(dataDir, async (house) => {
    const { suspendTenant } = await import("@atrium/identity");
    await suspendTenant(await outside(house), { slug, reason });
    say(`${slug} is suspended: nobody gets in until \`atrium tenant resume ${slug}\`.`);
  });
}

/** `atrium tenant resume`. @returns the exit code */
export function resumeCompany(dataDir: string, slug: string, reason?: string): Promise<number> {
  return withHouse(dataDir, async (house) => {
    const { resumeTenant } = await import("@atrium/identity");
    await resumeTenant(await outside(house), { slug, ...(reason !== undefined && { reason }) });
    say(`${slug} is open again.`);
  });
}

/** `atrium tenant delete`: takes everything along first. @returns the exit code */
export function deleteCompany(dataDir: string, slug: string, reason?: string): Promise<number> {
  return withHouse(dataDir, async (house) => {
    const { deleteTenant } = await import("@atrium/identity");
    const file = await exportInto(join(dataDir, "exports"), house, slug);
    say(`All that ${slug} has is in ${file}.`);
    await deleteTenant(await outside(house), { slug, ...(reason !== undefined && { reason }) });
    say(`${slug} is deleted. For 30 days \`atrium tenant restore ${slug}\` brings it back.`);
  });
}

/** `atrium tenant restore`. @returns the exit code */
export function restoreCompany(dataDir: string, slug: string, reason?: string): Promise<number> {
  return withHouse(dataDir, async (house) => {
    const { restoreTenant } = await import("@atrium/identity");
    await restoreTenant(await outside(house), { slug, ...(reason !== undefined && { reason }) });
    say(`${slug} is back. Its people sign in anew.`);
  });
}

/** `atrium tenant purge`: rows and files of every company whose thirty days are over. @returns the exit code */
export function purge(dataDir: string, isConfirmed: boolean): Promise<number> {
  return withHouse(dataDir, async ({ ownerUrl, files }) => {
    if (ownerUrl === undefined) {
      throw new Refusal("Removing rows is the right of the role that owns them alone. Set DATABASE_OWNER_URL to its address (atrium_owner) and try again.");
    }
    const { purgeableTenants, purgeTenant } = await import("@atrium/db/purge");
    const due = await purgeableTenants(ownerUrl);
    if (due.length === 0) say("  Nothing was deleted more than 30 days ago.");
    for (const { id, slug, deletedAt } of due) {
      if (!isConfirmed) {
        say(`  ${slug}, deleted on ${dayOf(deletedAt)}, would be removed. Add --yes to do it.`);
        continue;
      }
      const keys = await files.list(id);
      for (const key of keys) await files.remove(key);
      const removed = Object.values(await purgeTenant(ownerUrl, id)).reduce((sum, rows) => sum + rows, 0);
      say(`  ${slug} is gone: ${String(removed)} rows and ${String(keys.length)} files.`);
    }
  });
}

async function exportInto(folder: string, house: House, slug: string): Promise<string> {
  const { archiveOf, asGuest, findCompanyOf } = await import("@atrium/identity");
  const request = await outside(house);
  const tenant = await findCompanyOf(house.database, slug);
  const file = join(folder, `${slug}-${request.now.toISOString().slice(0, 10)}.zip`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await pipeline(Readable.from(archiveOf((work) => asGuest({ ...request, claimedSlug: slug }, tenant, work))), createWriteStream(file, { mode: 0o600 }));
  return file;
}

/** What a use case is told of a command. Its news stay in the outbox until the running stack, or the next one, sends them. */
export async function outside({ database, keyring }: House): Promise<OutsideRequest> {
  const { createLogger } = await import("@atrium/api");
  const now = new Date();
  return {
    database, keyring, now,
    requestId: `cli-${String(now.getTime())}`,
    address: "command line",
    userAgent: "atrium",
    log: createLogger("silent"),
    sendEvents: () => Promise.reject(new Error("The command line sends no news itself.")),
  };
}

/** Runs a command, and says a refusal of the house in a sentence. */
export function withHouse(dataDir: string, work: (house: OwnHouse, lifetime: Lifetime) => Promise<void>): Promise<number> {
  return during(async (lifetime) => {
    const house = await openHouse(dataDir, lifetime);
    try {
      await work(house, lifetime);
    } catch (error) {
      const { AppError } = await import("@atrium/kernel");
      throw error instanceof AppError ? new Refusal(sentenceOf(error.code, error.detail.params)) : error;
    }
  });
}

const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

const sentences: Readonly<Record<string, string>> = {
  tenant_not_found: "There is no company of this address name. `atrium tenant list` shows them.",
  "company/slug-too-short": "An address name has at least 3 letters.",
  "company/slug-shape": "An address name has 3 to 40 small letters, digits or hyphens, begins with a letter and does not end with a hyphen.",
  "company/slug-reserved": "Atrium needs this name for itself.",
  "company/slug-look-alike": "This looks too much like a name that Atrium needs for itself.",
  "company/slug-taken": "Another company has this address name, or one that looks the same.",
  "company/name-missing": "It needs a name.",
  "company/your-name-missing": "The owner needs a name.",
  "company/email-invalid": "Write the address in full, such as asha.rao@acme.test.",
  "company/not-active": "The company is suspended or deleted already.",
  "company/not-suspended": "The company is not suspended.",
  "company/not-deleted": "The company is not deleted.",
  "company/deleted-too-long": "The company was deleted more than 30 days ago and cannot be brought back.",
  "member/email-invalid": "Write the address in full, such as asha.rao@acme.test.",
  "member/name-missing": "It needs a name.",
  "operator/exists": "An operator has this address already. `atrium operator list` shows them.",
  "operator/not-found": "There is no operator of this address. `atrium operator list` shows them.",
  "console/company-deleted": "The company is deleted. Bring it back first: atrium tenant restore.",
  "override/none": "No override holds for this company.",
  "override/until-past": "The override would be over already.",
  "payment/invoice-unknown": "This company has no invoice {number}. Check the number and the company.",
  "payment/too-much": "This is more than the {open} that is open of this invoice. Record what belongs to it, and the rest with the invoice that it was meant for.",
  "payment/in-future": "A payment is recorded once it has arrived: its day cannot be in the future.",
  "payment/reference-taken": "A payment with this reference has been recorded already, and not with the same invoice, amount, day and method.",
  "company/is-ours": "That is where the operators themselves sign in: it can be neither suspended nor deleted.",
};

/** The sentence for a code, with the values that it names: `{open}`. */
const sentenceOf = (code: string, params: Readonly<Record<string, string | number>> = {}): string =>
  (sentences[code] ?? code).replaceAll(/\{(\w+)\}/g, (_hole, name: string) => String(params[name] ?? ""));
