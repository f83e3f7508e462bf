import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startGateway } from "./gateway.ts";
import { openHome, removeHome } from "./home.ts";
import type { Home } from "./home.ts";
import { startPostgres } from "./postgres.ts";
import { startRedis } from "./redis.ts";
import { newSecrets } from "./secrets.ts";

export { startStandIn } from "./redis-stand-in.ts";

export type TestServers = {
  /** For the test set-up alone (one database per worker, copied from a template). */
  readonly superuserUrl: string;
  /** For migrations. */
  readonly ownerUrl: string;
  /** What the tests themselves use: the restricted role. */
  readonly appUrl: string;
  /** undefined where no Redis can be had and the in-memory stand-in is used. */
  readonly redisUrl: string | undefined;
  readonly restUrl: string;
  readonly restToken: string;
  /** Stops the servers and removes their folder. */
  readonly stop: () => Promise<void>;
};

/** A home in a new temporary folder; `removeHome` takes it away again. */
export function temporaryHome(): Promise<Home> {
  const folder = mkdtempSync(join(tmpdir(), "atrium-test-"));
  // Node makes it for its owner alone; the services' account has to pass through.
  chmodSync(folder, 0o711);
  return openHome(folder);
}

/** PostgreSQL and Redis on free ports over a temporary folder, without waiting for the disk: everything tests need. */
export async function startTestServers(): Promise<TestServers> {
  const home = await temporaryHome();
  const secrets = newSecrets();
  const [postgres, redis] = await Promise.all([
    startPostgres({ home, passwords: secrets, isDurable: false }),
    startRedis({ home, password: secrets.redisPassword, isDurable: false }),
  ]);
  const gateway = await startGateway({ backend: redis.backend, token: secrets.gatewayToken });
  return {
    superuserUrl: postgres.superuserUrl,
    ownerUrl: postgres.ownerUrl,
    appUrl: postgres.appUrl,
    redisUrl: redis.url,
    restUrl: gateway.url,
    restToken: secrets.gatewayToken,
    stop: async () => {
      await gateway.stop();
      await Promise.all([postgres.stop(), redis.stop()]);
      removeHome(home);
    },
  };
}
