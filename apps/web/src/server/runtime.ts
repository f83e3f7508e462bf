import { createLogger, openFiles, openMail } from "@atrium/api";
import type { JobRuntime } from "@atrium/api";
import { openDatabase } from "@atrium/db";
import { houseReader, usageReader } from "@atrium/limits";
import type { HouseReading, ReadUsage } from "@atrium/limits";
import { openKeyring } from "@atrium/vault";
import { Inngest } from "inngest";
import { redisDoor } from "../edge/env.ts";
import { env } from "../env.ts";
import type { Env } from "../env.ts";
import type { LimitsDesk } from "./limits.ts";
import { mirrorEnded } from "./session-mirror.ts";
import type { MirrorEnded } from "./session-mirror.ts";

/** What one process has one of. */
export interface Runtime extends JobRuntime {
  readonly env: Env;
  /** Notes ended sessions for the edge; absent where there is no Redis. */
  readonly onSessionsEnded?: MirrorEnded;
  /** Keeps what companies may do where the edge looks; absent where there is no Redis. */
  readonly limits?: LimitsDesk;
  /** Asks the limiter's store what a company has used; absent where there is no Redis. */
  readonly readUsage?: ReadUsage;
  /** The same for our operators, of many companies at once; absent where there is no Redis. */
  readonly readHouse?: HouseReading;
}

declare global {
  var atriumRuntime: Promise<Runtime> | undefined;
}

/**
 * The process's services, opened at the first call. Kept outside of any module: a hot reload, or a second copy of this
 * module in the build, must not open a second pool.
 */
export const runtime = (): Promise<Runtime> => (globalThis.atriumRuntime ??= open());

async function open(): Promise<Runtime> {
  const checked = env();
  const log = createLogger(checked.LOG_LEVEL);
  const clock = () => new Date();
  const redis = redisDoor(checked.UPSTASH_REDIS_REST_URL, checked.UPSTASH_REDIS_REST_TOKEN);
  const database = openDatabase({
    url: checked.DATABASE_URL,
    poolMax: checked.DATABASE_POOL_MAX,
    onConnectionError: (error) => log.warn({ err: error }, "an idle database connection broke"),
  });
  return {
    env: checked,
    log,
    database,
    keyring: openKeyring(checked),
    client: openInngest(checked, log.child({ part: "jobs" })),
    files: await openFiles(checked),
    mail: openMail(checked),
    clock,
    ...(redis && {
      onSessionsEnded: mirrorEnded(redis, log.child({ part: "sessions" }), clock),
      limits: { redis, database, clock, log: log.child({ part: "limits" }) },
      readUsage: usageReader(redis, () => clock().getTime()),
      readHouse: houseReader(redis, () => clock().getTime()),
    }),
    publicUrl: checked.ATRIUM_URL.replace(/\/$/, ""),
  };
}

function openInngest(checked: Env, log: Runtime["log"]): Inngest {
  const { INNGEST_BASE_URL: baseUrl, INNGEST_EVENT_KEY: eventKey, INNGEST_SIGNING_KEY: signingKey } = checked;
  // The library asks for functions that it may call without their object.
  const logger = {
    debug: log.debug.bind(log),
    info: log.debug.bind(log),
    warn: log.warn.bind(log),
    error: log.error.bind(log),
  };
  return new Inngest({
    id: "atrium",
    isDev: checked.INNGEST_DEV !== undefined,
    logger,
    ...(baseUrl && { baseUrl }),
    ...(eventKey && { eventKey }),
    ...(signingKey && { signingKey }),
  });
}
