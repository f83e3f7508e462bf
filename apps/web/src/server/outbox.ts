import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import PostalMime from "postal-mime";
import type { Address } from "postal-mime";
import { runtime } from "./runtime.ts";

export interface OutboxMessage {
  /** The file's name, without its ending. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  /** When it was written, as ISO 8601. */
  readonly at: string;
  readonly text: string;
  /** The names of the files that it carries. */
  readonly attachments: readonly string[];
}

/** The folder of the embedded stack's mail. With a mail server there is none, and these pages do not exist. */
export async function outboxFolder(): Promise<string | undefined> {
  const { env } = await runtime();
  return env.SMTP_URL === undefined ? env.MAIL_OUTBOX_DIR : undefined;
}

const newest = 100;

/** The last messages that were written, the newest first. */
export async function listOutbox(folder: string): Promise<readonly OutboxMessage[]> {
  const names = await readdir(folder).catch(() => []);
  const files = await Promise.all(
    names.filter((name) => name.endsWith(".eml")).map(async (name) => ({ name, at: (await stat(path.join(folder, name))).mtime })),
  );
  files.sort((one, other) => other.at.getTime() - one.at.getTime());
  return Promise.all(files.slice(0, newest).map(({ name, at }) => readMessage(path.join(folder, name), at)));
}

/** One message; undefined when there is no such file. A name is a name: it leads nowhere else. */
export async function readOutbox(folder: string, name: string): Promise<OutboxMessage | undefined> {
  const file = path.join(folder, `${name}.eml`);
  if (!/^[\w-]+$/.test(name)) return undefined;
  const found = await stat(file).catch(() => undefined);
  return found && readMessage(file, found.mtime);
}

async function readMessage(file: string, at: Date): Promise<OutboxMessage> {
  const { from, to = [], subject = "", text = "", attachments } = await PostalMime.parse(await readFile(file));
  return { name: path.basename(file, ".eml"), from: spell(from ? [from] : []), to: spell(to), subject, at: at.toISOString(), text, attachments: attachments.map(({ filename }) => filename ?? "") };
}

const spell = (addresses: readonly Address[]): string => addresses.map(({ name, address }) => (name === "" ? (address ?? "") : `${name} <${address ?? ""}>`)).join(", ");
