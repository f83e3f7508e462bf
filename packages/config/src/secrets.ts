import { runSecretLint } from "secretlint";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { z } from "zod";

/** Something that lies where no secret may lie; the secret itself is never repeated. */
export interface Leak {
  /** From the folder that was searched. */
  readonly file: string;
  readonly what: string;
}

const Report = z.array(z.object({ filePath: z.string(), messages: z.array(z.object({ message: z.string(), loc: z.object({ start: z.object({ line: z.number() }) }) })) }));
const configFileJSON = { rules: [{ id: "@secretlint/secretlint-rule-preset-recommend" }] };

/** Whatever has the form of a known kind of secret: a private key, a provider's token, a password in an address. */
export async function knownForms(root: string, files: readonly string[]): Promise<readonly Leak[]> {
  const { stdout, stderr } = await runSecretLint({
    cliOptions: { cwd: root, filePathOrGlobList: files.map((file) => join(root, file)), noGlob: true },
    engineOptions: { cwd: root, configFileJSON, formatter: "json", color: false, maskSecrets: true },
  });
  if (stderr) throw stderr;
  return Report.parse(JSON.parse(stdout ?? "[]")).flatMap(({ filePath, messages }) =>
    messages.map(({ message, loc }) => ({ file: relative(root, filePath), what: `line ${loc.start.line}: ${message}` })),
  );
}

/** The files that hold one of these very values. */
export function knownValues(root: string, files: readonly string[], secrets: ReadonlyMap<string, string>): readonly Leak[] {
  return files.flatMap((file) => {
    const bytes = readFileSync(join(root, file));
    return [...secrets].filter(([, value]) => bytes.includes(value)).map(([name]) => ({ file, what: `holds ${name}` }));
  });
}

/** What of a web build is handed over: neither its caches nor the links to installed packages. */
const notHandedOver = /^(cache|dev|diagnostics|node_modules|standalone\/node_modules|trace(-build)?)(\/|$)/;

/**
 * Every secret in a web build: known forms, these values, files of environment variables, and the server's own keys where
 * the browser would be given them.
 */
export async function leaksInBuild(root: string, secrets: ReadonlyMap<string, string>): Promise<readonly Leak[]> {
  const files = filesBelow(root).filter((file) => !notHandedOver.test(file));
  const environment = files.filter((file) => /^\.env(\.|$)/.test(basename(file))).map((file) => ({ file, what: "is a file of environment variables" }));
  const browser = files.filter((file) => file.startsWith("static/"));
  if (browser.length === 0) throw new Error(`${root} holds no web build.`);
  return [...environment, ...knownValues(root, files, secrets), ...knownValues(root, browser, keysOf(root)), ...(await knownForms(root, files))];
}

const Keys = z.object({ preview: z.record(z.string(), z.string()).default({}), encryptionKey: z.string().optional() });

/** The keys that a build makes for its server: they lie in its manifests. */
function keysOf(root: string): ReadonlyMap<string, string> {
  const read = (file: string) => Keys.parse(JSON.parse(readFileSync(join(root, file), "utf8")));
  const { preview } = read("prerender-manifest.json");
  const { encryptionKey } = read("server/server-reference-manifest.json");
  return new Map([...Object.entries(preview), ...(encryptionKey === undefined ? [] : [["encryptionKey", encryptionKey] as const])]);
}

function filesBelow(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}
