/**
 * The application's payroll jobs as a process of their own, to be killed at any moment: the real jobs behind the real SDK's
 * handler. Takes the two addresses, the two keys and its port as arguments; tells its parent where it serves.
 */
import { once } from "node:events";
import http from "node:http";
import { createLogger } from "@atrium/api";
import type { JobRuntime } from "@atrium/api";
import { openDatabase } from "@atrium/db";
import { payrollJobs } from "@atrium/payroll";
import { testKeyring } from "@atrium/vault/testing";
import { Inngest } from "inngest";
import { serve } from "inngest/node";
import { z } from "zod";

const [, , databaseUrl = "", baseUrl = "", signingKey = "", eventKey = "", port = "0"] = process.argv;
const ignore = (): undefined => undefined;
const quiet = { debug: ignore, info: ignore, warn: ignore, error: ignore };
const client = new Inngest({ id: "atrium", baseUrl, signingKey, eventKey, isDev: false, logger: quiet, internalLogger: quiet });
const noFiles = (): Promise<never> => Promise.reject(new Error("Payroll keeps no files."));

const runtime: JobRuntime = {
  client,
  database: openDatabase({ url: databaseUrl, poolMax: 5, onConnectionError: ignore }),
  keyring: testKeyring(),
  files: { write: noFiles, read: noFiles, remove: noFiles, list: noFiles },
  mail: {
    send: ({ key }) => {
      process.send?.({ mail: key });
      return Promise.resolve("sent");
    },
  },
  log: createLogger("silent"),
  clock: () => new Date(),
  publicUrl: "https://hr.example.test",
};

const server = http.createServer(serve({ client, functions: payrollJobs.map((job) => job.bind(runtime)) }));
server.listen(Number(port), "127.0.0.1");
await once(server, "listening");
const address = z.object({ port: z.number() }).parse(server.address());
process.on("disconnect", () => process.exit(0));
process.send?.({ serveUrl: `http://127.0.0.1:${String(address.port)}/api/inngest` });
