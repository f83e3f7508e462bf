import { systemJob } from "@atrium/api";
import type { JobDefinition } from "@atrium/api";
import { lostNews } from "./service.ts";

/** A run's row is its own outbox: whatever was lost between its commit and the job server is sent again within two minutes. */
const sweepRuns = systemJob({ id: "payroll/sweep-runs", cron: "* * * * *" }, ({ step, now, inSystem, send, log }) =>
  step.run("send-again", async () => {
    const lost = await inSystem((db) => lostNews(db, now));
    await send(lost);
    if (lost.length > 0) log.warn({ runs: lost.length }, "sent the news of waiting runs again");
    return { sent: lost.length };
  }),
);

export const runJobs: readonly JobDefinition[] = [sweepRuns];
