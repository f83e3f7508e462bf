import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { createTransport } from "nodemailer";
import { z } from "zod";

export interface Message {
  /** Becomes part of the message id: the same key twice is the same message to the receiving side. */
  readonly key: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly attachments?: readonly Attachment[];
}

/** A file that a message carries. */
export interface Attachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** `refused`: there is no such mailbox, or no such address at all, and another try will not change that. */
export type Delivery = "sent" | "refused";

export interface Mail {
  /** Hands one message over. Rejects when the way to the mail server fails, or the server asks to come again later. */
  send(message: Message): Promise<Delivery>;
}

export interface MailOptions {
  readonly SMTP_URL?: string | undefined;
  readonly MAIL_OUTBOX_DIR?: string | undefined;
  readonly MAIL_FROM: string;
}

/** The mail server when one is named, else the outbox folder. Throws when neither is. */
export function openMail({ SMTP_URL, MAIL_OUTBOX_DIR, MAIL_FROM: from }: MailOptions): Mail {
  if (SMTP_URL) return smtpMail({ url: SMTP_URL, from });
  if (MAIL_OUTBOX_DIR) return outboxMail({ folder: MAIL_OUTBOX_DIR, from });
  throw new Error("Set SMTP_URL to a mail server, or MAIL_OUTBOX_DIR to a folder: without one of them no mail can leave.");
}

/** Sends through a mail server: `smtp://user:password@host:587`. */
function smtpMail({ url, from }: { readonly url: string; readonly from: string }): Mail {
  const transport = createTransport(url);
  return {
    send: async ({ key, ...message }) => {
      try {
        await transport.sendMail({ from, ...letter(message), messageId: messageId(key) });
        return "sent";
      } catch (error) {
        if (refusedRecipient.safeParse(error).success) return "refused";
        throw error;
      }
    },
  };
}

/** What nodemailer throws for an address that it cannot write or the server will never take; `permanent` is the reply 5xx. */
const refusedRecipient = z.object({ code: z.literal("EENVELOPE"), command: z.enum(["RCPT TO", "API"]), permanent: z.literal(true).optional() });

/** Writes each message as an `.eml` file, named by its key so that a repeated step writes the same file again. */
function outboxMail({ folder, from }: { readonly folder: string; readonly from: string }): Mail {
  const transport = createTransport({ streamTransport: true, buffer: true });
  return {
    send: async ({ key, ...message }) => {
      const built = await transport.sendMail({ from, ...letter(message), messageId: messageId(key) });
      await mkdir(folder, { recursive: true });
      await writeFile(path.join(folder, `${key.replaceAll(/[^a-zA-Z0-9_-]/g, "-")}.eml`), built.message);
      return "sent";
    },
  };
}

const letter = ({ attachments = [], ...message }: Omit<Message, "key">) => ({
  ...message,
  attachments: attachments.map(({ content, ...file }) => ({ ...file, content: Buffer.from(content) })),
});

const messageId = (key: string): string => `<${key}@atrium>`;
