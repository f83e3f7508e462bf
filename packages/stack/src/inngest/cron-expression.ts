/** Five-field cron expressions with Inngest's optional `TZ=<zone> ` in front. */
import { Cron } from "croner";

/** The first tick after `after`, or undefined when the expression is wrong or never comes true. */
export function nextTick(expression: string, after = new Date()): Date | undefined {
  const [, zone, pattern] = /^(?:TZ=(\S+)\s+)?(.*)$/.exec(expression) ?? [];
  try {
    const cron = new Cron(pattern ?? "", { timezone: zone ?? "UTC", mode: "5-part", paused: true });
    return cron.nextRun(after) ?? undefined;
  } catch {
    return undefined;
  }
}
