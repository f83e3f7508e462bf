/** The job loop: graphile-worker with this server's tasks. */
import { Logger, run } from "graphile-worker";
import type { Runner, TaskList } from "graphile-worker";
import { callApp } from "./calls.ts";
import type { Log, ServerContext } from "./context.ts";
import { tickCron } from "./cron.ts";
import { CallJob, CancelJob, CronJob, ResumeJob, RouteJob } from "./jobs.ts";
import { prune } from "./maintenance.ts";
import { cancelRun, resumeStep, routeEvent } from "./routing.ts";

/** A sleep that ends, or a retry, is noticed within this time; new jobs are announced by NOTIFY at once. */
const POLL_MS = 100;
/** A call still under way this long after a stop was asked for is broken off and made again by the next server. */
const GRACE_MS = 2_000;

export function startWorker(ctx: ServerContext): Promise<Runner> {
  return run({
    pgPool: ctx.pool,
    taskList: tasks(ctx),
    logger: workerLogger(ctx.log),
    noHandleSignals: true,
    gracefulShutdownAbortTimeout: GRACE_MS,
    preset: {
      worker: {
        concurrentJobs: ctx.settings.workers,
        pollInterval: POLL_MS,
        // One poller for the whole pool instead of one a worker.
        localQueue: { size: ctx.settings.workers },
      },
    },
  });
}

function tasks(ctx: ServerContext): TaskList {
  return {
    "call-app": (payload: unknown, helpers) => callApp(ctx, CallJob.parse(payload), helpers.abortSignal),
    "resume-step": (payload: unknown) => resumeStep(ctx, ResumeJob.parse(payload)),
    "route-event": (payload: unknown) => routeEvent(ctx, RouteJob.parse(payload).eventId),
    "cancel-run": (payload: unknown) => cancelRun(ctx, CancelJob.parse(payload)),
    "tick-cron": (payload: unknown) => tickCron(ctx, CronJob.parse(payload)),
    prune: () => prune(ctx),
  };
}

/** graphile-worker tells of every job at `info`, which is our `debug`. */
export function workerLogger(log: Log): Logger {
  return new Logger((scope) => (level, message) => {
    const ours = level === "error" ? "error" : level === "warning" ? "warn" : "debug";
    log[ours]({ ...scope }, message);
  });
}
