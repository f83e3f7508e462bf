import { existsSync, rmSync, writeFileSync } from "node:fs";
import { installWithApt, succeeds } from "./apt.ts";

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
  if (process.getuid?.() !== 0) return undefined;
  const hadPolicy = existsSync(POLICY);
  try {
    if (!hadPolicy) writeFileSync(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
    if (!(await installWithApt("redis-server"))) return undefined;
  } finally {
    if (!hadPolicy) rmSync(POLICY, { force: true });
  }
  if (existsSync("/run/systemd/system")) await succeeds("systemctl", ["disable", "--now", "redis-server"]);
  return findRedisProgram();
}
