import { PrismaPg } from "@prisma/adapter-pg";
import { DriverAdapterError } from "@prisma/driver-adapter-utils";
import type { SqlQuery, Transaction } from "@prisma/driver-adapter-utils";

/**
 * The adapter of node-postgres, with two promises added.
 *
 * A transaction that has ended cannot reach its connection again. One call of Prisma may be several statements (an
 * `include`, a nested write); when the transaction times out between two of them, its connection goes back to the pool and
 * may already serve another company as the rest arrives.
 *
 * A transaction in which a statement failed never claims to have committed. PostgreSQL answers such a COMMIT with a
 * rollback and no error, so work that caught the refusal and went on would be told that its rows are there.
 */
export class ConfinedAdapter extends PrismaPg {
  override async connect(): ReturnType<PrismaPg["connect"]> {
    const adapter = await super.connect();
    const startTransaction = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolationLevel) => confine(await startTransaction(isolationLevel));
    return adapter;
  }
}

function confine(transaction: Transaction): Transaction {
  let hasEnded = false;
  let failure: { readonly error: unknown } | undefined;
  const send = transaction.executeRaw.bind(transaction);

  const guarded = <Answer>(run: (query: SqlQuery) => Promise<Answer>) => async (query: SqlQuery): Promise<Answer> => {
    if (hasEnded) throw new DriverAdapterError({ kind: "TransactionAlreadyClosed", cause: "The transaction has ended." });
    hasEnded = query.sql === "COMMIT" || query.sql === "ROLLBACK";
    if (query.sql === "COMMIT" && failure) {
      await send({ ...query, sql: "ROLLBACK" });
      throw failure.error;
    }
    try {
      const answer = await run(query);
      if (query.sql.startsWith("ROLLBACK TO ")) failure = undefined;
      return answer;
    } catch (error) {
      failure ??= { error };
      throw error;
    }
  };
  transaction.queryRaw = guarded(transaction.queryRaw.bind(transaction));
  transaction.executeRaw = guarded(send);
  return transaction;
}
