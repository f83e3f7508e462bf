import { run } from "./processes.ts";
import { systemCode } from "./stack-error.ts";

/**
 * Installs a Debian or Ubuntu package when that can be done without asking: as root, where apt is.
 * @returns whether it is installed now
 */
export async function installWithApt(name: string): Promise<boolean> {
  if (process.getuid?.() !== 0 || !(await succeeds("apt-get", ["--version"]))) return false;
  const install = () => apt(["install", "-y", "--no-install-recommends", name]);
  // The package lists of a fresh machine may be missing or old; they are fetched only when it fails without.
  return (await install()) || ((await apt(["update"])) && (await install()));
}

function apt(args: string[]): Promise<boolean> {
  // Another apt (a fresh machine's own upgrade, say) may hold the lock for a moment.
  return succeeds("env", ["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120", ...args]);
}

/** Whether a command exists, may be run, and ends well. */
export async function succeeds(command: string, args: string[]): Promise<boolean> {
  try {
    return (await run(command, args)).code === 0;
  } catch (error) {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "EACCES") return false;
    throw error;
  }
}
