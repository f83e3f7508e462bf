/**
 * For the crash tests: an app as a process of its own, to be killed inside a step. Takes the server's URL, the two keys
 * and its port as arguments; tells its parent its port and every step that began.
 */
import { setTimeout as pause } from "node:timers/promises";
import { Inngest } from "inngest";
import { serveApp, silentLog } from "./harness.ts";

const [, , baseUrl = "", signingKey = "", eventKey = "", port = "0"] = process.argv;
const client = new Inngest({ id: "fragile", baseUrl, signingKey, eventKey, isDev: false, logger: silentLog, internalLogger: silentLog });

const tell = (message: string) => process.send?.(message);

const fragile = client.createFunction({ id: "app-crash", retries: 1, triggers: [{ event: "test/app-crash" }] }, async ({ step, attempt }) => {
  const first = await step.run("first", () => {
    tell("began first");
    return "first";
  });
  const second = await step.run("second", async () => {
    tell(`began second ${String(attempt)}`);
    // Long enough to be killed in; the repeated attempt goes straight through.
    if (attempt === 0) await pause(60_000);
    return "second";
  });
  return [first, second];
});

const app = await serveApp(client, [fragile], Number(port));
process.on("disconnect", () => process.exit(0));
tell(app.serveUrl);
