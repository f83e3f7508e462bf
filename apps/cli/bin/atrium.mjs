#!/usr/bin/env node
// The first thing that runs on a fresh clone: plain JavaScript for any Node from 20.19, with nothing installed yet.
// It makes the installation match the lockfile, then hands over to the TypeScript beside it on the project's own Node.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const stamp = join(root, "node_modules", ".atrium-installed");
const projectNode = join(root, "node_modules", ".bin", "node");

function refuse(sentence) {
  console.error(`\n${sentence}`);
  process.exit(1);
}

/** What node_modules must match: the lockfile, which repeats every manifest, on this kind of machine. */
function wanted() {
  const hash = createHash("sha256").update(`${process.platform}-${process.arch}`);
  for (const file of ["package.json", "package-lock.json"]) hash.update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

function installed() {
  return existsSync(stamp) && existsSync(projectNode) ? readFileSync(stamp, "utf8") : "";
}

async function install() {
  const began = performance.now();
  // The npm that runs this script if there is one, so that both are of one version.
  const npm = process.env.npm_execpath === undefined ? ["npm"] : [process.execPath, process.env.npm_execpath];
  const [command, ...args] = [...npm, "install", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (data) => (output += data));
  child.stderr.on("data", (data) => (output += data));
  const code = await new Promise((resolve) => {
    child.once("error", (error) => {
      output += error.message;
      resolve(1);
    });
    child.once("close", resolve);
  });
  if (code !== 0) refuse(`The packages could not be installed. ${wayOut(output)}\n\n${output.trim().split("\n").slice(-15).join("\n")}`);
  writeFileSync(stamp, wanted());
  console.log(`  ${"packages".padEnd(14)} ${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s`);
}

function wayOut(output) {
  if (/ENOSPC|No space left/i.test(output)) return `The disk that holds ${root} is full: free about 2 GB there, then start again.`;
  if (/EACCES|EPERM|EROFS/.test(output)) return `${root} cannot be written by this user: make it yours (chown), then start again.`;
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|network/i.test(output)) return "The npm registry cannot be reached: check the connection, then start again.";
  return "What npm said last stands below; mend it, then start again.";
}

/** Runs the launcher on the project's Node and ends as it ends. */
function handOver() {
  const child = spawn(projectNode, [main, ...process.argv.slice(2)], { stdio: ["inherit", "inherit", "inherit", "ipc"] });
  // A terminal sends Ctrl-C to both; other senders may know only this process.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.once("error", (error) => refuse(`${projectNode} does not run (${error.message}). Remove node_modules, then start again.`));
  child.once("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  refuse(`Atrium needs Node 20.19 or newer and this is ${process.version}. Install a newer one (https://nodejs.org), then start again.`);
}
try {
  if (installed() !== wanted()) await install();
} catch (error) {
  refuse(`The packages could not be installed: ${error.message}. ${wayOut(error.message)}`);
}
if (realpathSync(process.execPath) === realpathSync(projectNode)) await import(pathToFileURL(main).href);
else handOver();
