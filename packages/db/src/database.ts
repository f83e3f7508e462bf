import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "./generated/client.ts";
import type { Prisma } from "./generated/client.ts";

/** What a transaction may not do by itself: open another one, or run text as SQL. */
type Forbidden = "$queryRawUnsafe" | "$executeRawUnsafe";

declare const tenantMark: unique symbol;
declare const systemMark: unique symbol;

/** The only handle to a company's rows. It lives as long as its transaction and sees one tenant. */
export type TenantDb = Omit<Prisma.TransactionClient, Forbidden> & { readonly [tenantMark]: true };

/** Narrow reads across companies (the directory): what `atrium_system` was granted and nothing else. */
export type SystemDb = Pick<Prisma.TransactionClient, "$queryRaw"> & { readonly [systemMark]: true };

export interface TransactionLimits {
  /** The whole transaction, in ms. Statements are cut off a little earlier, by the server. */
  readonly timeoutMs?: number;
}

export interface Database {
  /**
   * Runs `work` in one transaction that sees and writes the rows of this tenant only. Commits when `work` resolves, rolls
   * back when it throws. The handle is dead afterwards.
   */
  withTenant<T>(tenantId: string, work: (db: TenantDb) => Promise<T>, limits?: TransactionLimits): Promise<T>;
  /** Runs `work` as `atrium_system`, read-only. */
  withSystem<T>(work: (db: SystemDb) => Promise<T>): Promise<T>;
  /** One statement that proves the server answers; used by the readiness route. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly poolMax?: number;
  /** Called when an idle connection breaks; the pool opens another by itself. */
  readonly onConnectionError?: (error: Error) => void;
}

const defaultTimeoutMs = 15_000;
const waitForConnectionMs = 5_000;

export function openDatabase({ url, poolMax = 10, onConnectionError }: DatabaseOptions): Database {
  const pool = openPool(url, poolMax, onConnectionError);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });

  return {
    withTenant: (tenantId, work, limits = {}) => {
      if (tenantId === "") throw new RangeError("A transaction needs a tenant.");
      const timeout = limits.timeoutMs ?? defaultTimeoutMs;
      return prisma.$transaction(
        async (tx) => {
          await tx.$queryRaw`SELECT set_config('app.tenant_id', ${tenantId}, true),
            set_config('statement_timeout', ${String(timeout - 500)}, true)`;
          return work(asTenantDb(tx));
        },
        { timeout, maxWait: waitForConnectionMs },
      );
    },
    withSystem: (work) =>
      prisma.$transaction(
        async (tx) => {
          await tx.$executeRaw`SET LOCAL ROLE atrium_system`;
          return work(asSystemDb(tx));
        },
        { timeout: defaultTimeoutMs, maxWait: waitForConnectionMs },
      ),
    ping: async () => {
      await prisma.$queryRaw`SELECT 1`;
    },
    close: () => prisma.$disconnect(),
  };
}

function openPool(url: string, max: number, onConnectionError?: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: waitForConnectionMs,
    idleTimeoutMillis: 60_000,
    // A transaction whose process stalls must not hold its locks, or its tenant, for ever.
    idle_in_transaction_session_timeout: 60_000,
    // A connection that comes back inside a transaction would carry one tenant into another's call: it is destroyed.
    verify: (client: pg.PoolClient, done: (error?: Error) => void) => {
      const status = client.getTransactionStatus();
      done(status === "I" || status === null ? undefined : new Error(`Connection came back in transaction state ${status}.`));
    },
  });
  pool.on("error", (error) => onConnectionError?.(error));
  return pool;
}

/** The two places where a plain transaction becomes a marked one, after its first statement has confined it. */
const asTenantDb = (tx: Prisma.TransactionClient): TenantDb => tx as unknown as TenantDb;
const asSystemDb = (tx: Prisma.TransactionClient): SystemDb => tx as unknown as SystemDb;
