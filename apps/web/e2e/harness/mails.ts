import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import PostalMime from "postal-mime";
import type { House } from "./env.ts";
import { expect } from "./test.ts";

/** What was mailed to an address under such a subject, each message as its text. */
export async function textsTo({ folder }: House, address: string, subject: RegExp): Promise<readonly string[]> {
  const outbox = join(folder, "outbox");
  // Before the first mail there is no such folder.
  const files = globSync("*.eml", { cwd: outbox });
  const mails = await Promise.all(files.map((name) => PostalMime.parse(readFileSync(join(outbox, name)))));
  return mails.filter((mail) => mail.to?.some((to) => to.address === address) === true && subject.test(mail.subject ?? "")).map(({ text = "" }) => text);
}

/** The path of the link in the one mail to this address under such a subject, once it has come. */
export async function linkMailedTo(house: House, address: string, subject: RegExp): Promise<string> {
  const links = async () => (await textsTo(house, address, subject)).flatMap((text) => /https?:\/\/[^/\s]+(\/\S+#\S+)/.exec(text)?.[1] ?? []);
  await expect.poll(async () => (await links()).length, { timeout: 30_000 }).toBe(1);
  return (await links())[0] ?? "";
}
