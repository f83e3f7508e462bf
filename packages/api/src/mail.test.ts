import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { openMail } from "./mail.ts";

const message = { key: "payslip-psl_1", to: "asha@acme.test", subject: "Your payslip is ready", text: "Sign in to see it: ₹" };

it("writes one .eml file a key, however often the step is repeated", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "atrium-outbox-"));
  const mail = openMail({ MAIL_OUTBOX_DIR: path.join(folder, "outbox"), MAIL_FROM: "Atrium <no-reply@atrium.test>" });
  await mail.send(message);
  await mail.send(message);
  expect(await readdir(path.join(folder, "outbox"))).toEqual(["payslip-psl_1.eml"]);
  const eml = await readFile(path.join(folder, "outbox", "payslip-psl_1.eml"), "utf8");
  expect(eml).toContain("To: asha@acme.test");
  expect(eml).toContain("Message-ID: <payslip-psl_1@atrium>");
  await rm(folder, { recursive: true });
});

it("carries files, byte for byte", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "atrium-outbox-"));
  const mail = openMail({ MAIL_OUTBOX_DIR: folder, MAIL_FROM: "Atrium <no-reply@atrium.test>" });
  const content = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  await mail.send({ ...message, attachments: [{ filename: "invoice-1.pdf", contentType: "application/pdf", content }] });
  const eml = await readFile(path.join(folder, "payslip-psl_1.eml"), "utf8");
  expect(eml).toContain("Content-Type: application/pdf; name=invoice-1.pdf");
  expect(eml).toContain("Content-Disposition: attachment; filename=invoice-1.pdf");
  expect(eml.replaceAll("\r\n", "")).toContain(Buffer.from(content).toString("base64"));
  await rm(folder, { recursive: true });
});

/** Speaks the few lines of SMTP that one message needs, and keeps the message; `toRecipient` is what it says to an address. */
function answerSmtp(socket: Socket, received: string[], toRecipient: string): void {
  let isData = false;
  socket.write("220 loopback\r\n");
  socket.on("data", (chunk) => {
    const line = chunk.toString();
    if (isData) {
      received.push(line);
      isData = !line.endsWith("\r\n.\r\n");
      if (!isData) socket.write("250 kept\r\n");
    } else if (line.startsWith("DATA")) {
      isData = true;
      socket.write("354 go on\r\n");
    } else if (line.startsWith("RCPT")) socket.write(`${toRecipient}\r\n`);
    else socket.write(line.startsWith("QUIT") ? "221 bye\r\n" : "250 ok\r\n");
  });
}

/** A mail server on the loopback, and what came of sending it one message. */
async function sendTo(toRecipient: string) {
  const received: string[] = [];
  const server = createServer((socket) => answerSmtp(socket, received, toRecipient));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  const sending = openMail({ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: "Atrium <no-reply@atrium.test>" }).send(message);
  const [outcome] = await Promise.allSettled([sending]);
  server.close();
  return { outcome, text: received.join("") };
}

it("speaks to the mail server when one is named", async () => {
  const { outcome, text } = await sendTo("250 ok");
  expect(outcome).toEqual({ status: "fulfilled", value: "sent" });
  expect(text).toContain("Subject: Your payslip is ready");
});

it("tells a mailbox that does not exist from a server that asks to come again", async () => {
  expect((await sendTo("550 no such mailbox")).outcome).toEqual({ status: "fulfilled", value: "refused" });
  expect((await sendTo("450 come again later")).outcome).toMatchObject({ status: "rejected" });
});

it("says what to set when mail has no way out", () => {
  expect(() => openMail({ MAIL_FROM: "Atrium <no-reply@atrium.test>" })).toThrow(/SMTP_URL/);
});
