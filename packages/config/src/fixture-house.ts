import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");

/** A small copy of the repository's shape in a temporary folder, on which a guard may be tried. */
export interface House {
  readonly root: string;
  /** Runs a tool of the repository's inside the house and gives what it printed, whatever its exit code. */
  run(tool: string, args: readonly string[]): Promise<string>;
  remove(): Promise<void>;
}

/**
 * Builds a house from file texts by path, with copies of some real packages when asked. Its rooms are found as workspaces
 * are in an installed repository, by links in `node_modules/@atrium`; everything else is the repository's installation.
 */
export async function buildHouse(files: Readonly<Record<string, string>>, copied: readonly string[] = []): Promise<House> {
  const root = await mkdtemp(join(tmpdir(), "atrium-house-"));
  await installInto(root);
  const rooms = new Set(Object.keys(files).flatMap((path) => /^(?:packages|apps)\/[^/]+|^prisma\/seed/.exec(path) ?? []));
  for (const room of rooms) await addRoom(root, room);
  for (const [path, text] of Object.entries(files)) await write(join(root, path), text);
  for (const name of copied) await copyRoom(root, `packages/${name}`);
  return {
    root,
    run: (tool, args) => runTool(root, tool, args),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

async function installInto(root: string): Promise<void> {
  const installed = join(repository, "node_modules");
  await mkdir(join(root, "node_modules/@atrium"), { recursive: true });
  for (const name of await readdir(installed)) {
    if (name === "@atrium" || name.startsWith(".")) continue;
    await symlink(join(installed, name), join(root, "node_modules", name));
  }
  for (const name of ["tsconfig.base.json", "tsconfig.check.json"]) {
    await cp(join(repository, "packages/config", name), join(root, "packages/config", name));
  }
  await write(join(root, "package.json"), JSON.stringify({ type: "module", workspaces: ["apps/*", "packages/*"] }));
}

async function addRoom(root: string, room: string): Promise<void> {
  if (room.startsWith("prisma")) return;
  const name = room.replace(/^\w+\//, "@atrium/");
  const exports = { ".": "./src/index.ts", "./contract": "./src/contract.ts", "./testing": "./src/testing.ts" };
  const manifest = { name, type: "module", exports, dependencies: { zod: "4.6.7" }, devDependencies: { vitest: "5.1.1" } };
  await write(join(root, room, "package.json"), JSON.stringify(manifest));
  await symlink(join(root, room), join(root, "node_modules", name));
}

async function copyRoom(root: string, room: string): Promise<void> {
  await cp(join(repository, room), join(root, room), { recursive: true, filter: (path) => !path.endsWith("/node_modules") });
  const own = join(repository, room, "node_modules");
  if (existsSync(own)) await symlink(own, join(root, room, "node_modules"));
  await symlink(join(root, room), join(root, "node_modules", room.replace("packages/", "@atrium/")));
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

function runTool(cwd: string, tool: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const script = join(repository, "node_modules", tool);
    execFile(process.execPath, [script, ...args], { cwd, maxBuffer: 64_000_000 }, (error, stdout, stderr) => {
      if (stdout === "" && error) reject(new Error(`${tool} failed: ${stderr}`, { cause: error }));
      else resolve(stdout);
    });
  });
}
