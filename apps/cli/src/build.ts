import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { command } from "./commands.ts";
import { withoutSecrets } from "./env.ts";
import { fingerprint } from "./fingerprint.ts";
import { inRoot } from "./paths.ts";
import { Refusal } from "./report.ts";

const STAMP = inRoot("apps", "web", ".next", "made-from");
export const NEXT = inRoot("node_modules", "next", "dist", "bin", "next");

/** Everything that can change what the build makes: code, styles, messages, schema, versions. */
const SOURCES = [
  "package-lock.json",
  "apps/web/*.{ts,mjs,json}",
  "apps/web/{src,public,messages}/**/*.*",
  "packages/*/{package.json,src/**/*.*}",
  "prisma/{schema,migrations}/**/*.*",
];

/** Whether the last build was made from other sources than those that lie here now. */
export function isBuildStale(): boolean {
  return !existsSync(STAMP) || readFileSync(STAMP, "utf8") !== fingerprint(SOURCES);
}

/** Builds the web application for production. A build that is cut short leaves no stamp, so the next start builds again. */
export async function buildWeb(signal?: AbortSignal): Promise<void> {
  const made = fingerprint(SOURCES);
  const { isOk, output } = await command("node", [NEXT, "build"], {
    cwd: inRoot("apps", "web"),
    env: { ...withoutSecrets(), NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    ...(signal === undefined ? {} : { signal }),
  });
  signal?.throwIfAborted();
  if (/ENOSPC|No space left/i.test(output)) throw new Refusal(`The disk that holds ${inRoot("apps", "web")} is full: free about 1 GB there, then start again.`);
  if (!isOk) throw new Refusal(`The web application could not be built:\n${output.trim()}`);
  writeFileSync(STAMP, made);
}
