import { command } from "../../apps/cli/src/commands.ts";
import { inRoot } from "../../apps/cli/src/paths.ts";

export interface Limits {
  readonly perMinute: number;
  readonly perHour: number;
}

/** Gives a company of a running house other limits than its plan's, as an operator does. */
export async function setLimits(dataDir: string, slug: string, { perMinute, perHour }: Limits): Promise<void> {
  const order = ["--per-minute", String(perMinute), "--per-hour", String(perHour), "--for", "2h", "--reason", "For a benchmark.", "--data", dataDir];
  const { isOk, output } = await command("node", [inRoot("apps", "cli", "bin", "atrium.mjs"), "limits", "set", slug, ...order]);
  if (!isOk) throw new Error(`The limits of ${slug} could not be set:\n${output}`);
}
