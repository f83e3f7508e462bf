import { existsSync, rmSync, writeFileSync } from "node:fs";
import { run } from "./processes.ts";
import { systemCode } from "./stack-error.ts";

const POLICY = "/usr/sbin/policy-rc.d";

/** The Redis or Valkey server on the PATH, or undefined. */
export async function findRedisProgram(): Promise<string | undefined> {
  for (const program of ["redis-server", "valkey-server"]) {
    if (await succeeds(program, ["--version"])) return program;
  }
  return undefined;
}

/**
 * As root on Debian or Ubuntu, installs redis-server with apt; elsewhere, and when apt cannot, answers undefined.
 * The package would start a server of its own at once and at every boot, which nobody asked for, so both are kept from it.
 */
export async function installRedis(): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !(await succeeds("apt-get", ["--version"]))) return undefined;
  const hadPolicy = existsSync(POLICY);
  try {
    if (!hadPolicy) writeFileSync(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
    const isInstalled = (await installPackage()) || ((await apt(["update"])) && (await installPackage()));
    if (!isInstalled) return undefined;
  } finally {
    if (!hadPolicy) rmSync(POLICY, { force: true });
  }
  if (existsSync("/run/systemd/system")) await succeeds("systemctl", ["disable", "--now", "redis-server"]);
  return findRedisProgram();
}

/** The package lists of a fresh machine may be missing or old; the caller updates them only when this fails. */
function installPackage(): Promise<boolean> {
  return apt(["install", "-y", "--no-install-recommends", "redis-server"]);
}

function apt(args: string[]): Promise<boolean> {
  // Another apt (a fresh machine's own upgrade, say) may hold the lock for a moment.
  return succeeds("env", ["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120", ...args]);
}

async function succeeds(command: string, args: string[]): Promise<boolean> {
  try {
    return (await run(command, args)).code === 0;
  } catch (error) {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "EACCES") return false;
    throw error;
  }
}
