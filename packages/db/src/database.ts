import { ConfinedAdapter } from "./confined-adapter.ts";
import { PrismaClient } from "./generated/client.ts";
import type { Prisma } from "./generated/client.ts";
import { openPool } from "./pool.ts";
import type { PoolOptions } from "./pool.ts";

/** What a transaction may not do by itself: open another one, or run text as SQL. */
type Forbidden = "$queryRawUnsafe" | "$executeRawUnsafe";

type Untenanted = Omit<Prisma.TransactionClient, Forbidden>;

declare const tenantMark: unique symbol;
declare const systemMark: unique symbol;

/** The only handle to a company's rows. It lives as long as its transaction and sees one tenant. */
export type TenantDb = Untenanted & { readonly [tenantMark]: true };

/** Narrow reads across companies (the directory): what `atrium_system` was granted and nothing else. */
export type SystemDb = Pick<Untenanted, "$queryRaw"> & { readonly [systemMark]: true };

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

export interface DatabaseOptions extends PoolOptions {
  /** How long a transaction may wait for a free connection before it is refused as busy, in ms. */
  readonly waitForConnectionMs?: number;
}

const defaultTimeoutMs = 15_000;
const defaultWaitMs = 5_000;

/** Opens the pool of this process. Nothing connects before the first transaction; `close` gives everything back. */
export function openDatabase(options: DatabaseOptions): Database {
  const maxWait = options.waitForConnectionMs ?? defaultWaitMs;
  const pool = openPool(options, maxWait);
  // The other formats look up the caller's line at every call, about a third of its work, and print it into the message.
  const prisma = new PrismaClient({ adapter: new ConfinedAdapter(pool), errorFormat: "minimal" });

  return {
    withTenant: (tenantId, work, limits = {}) => {
      if (tenantId === "") throw new RangeError("A transaction needs a tenant.");
      const timeout = limits.timeoutMs ?? defaultTimeoutMs;
      return prisma.$transaction(
        async (tx: Untenanted) => {
          const [answer] = await tx.$queryRaw<Confinement[]>`SELECT set_config('app.tenant_id', ${tenantId}, true) AS "to",
            set_config('statement_timeout', ${statementLimit(timeout)}, true)`;
          if (!isTenantDb(tx, answer, tenantId)) throw new Error(notConfined);
          return work(tx);
        },
        { timeout, maxWait },
      );
    },
    withSystem: (work) =>
      prisma.$transaction(
        async (tx: Pick<Untenanted, "$queryRaw">) => {
          const [answer] = await tx.$queryRaw<Confinement[]>`SELECT set_config('role', 'atrium_system', true) AS "to",
            set_config('transaction_read_only', 'on', true), set_config('statement_timeout', ${statementLimit(defaultTimeoutMs)}, true)`;
          if (!isSystemDb(tx, answer)) throw new Error(notConfined);
          return work(tx);
        },
        { timeout: defaultTimeoutMs, maxWait },
      ),
    ping: async () => {
      await prisma.$queryRaw`SELECT 1`;
    },
    // Left to Prisma, the pool would come back at the next call as one without our watch over what is released.
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

const statementLimit = (transactionMs: number): string => String(Math.ceil(transactionMs * 0.9));

/** What the server repeats of the setting it was given. */
interface Confinement {
  readonly to: string;
}

const notConfined = "The server did not confine the transaction.";

/* The two places where a plain transaction becomes a marked one. */

function isTenantDb(_tx: Untenanted, confinement: Confinement | undefined, tenantId: string): _tx is TenantDb {
  return confinement?.to === tenantId;
}

function isSystemDb(_tx: Pick<Untenanted, "$queryRaw">, confinement: Confinement | undefined): _tx is SystemDb {
  return confinement?.to === "atrium_system";
}
