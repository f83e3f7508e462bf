import type { ChainableCommander, Redis } from "ioredis";

/** What Redis answered to one command: its reply, or its own error text. */
export type RedisReply = { readonly result: unknown } | { readonly error: string };

/** The little the REST door needs of a Redis, so that the real one and the stand-in are the same to it. */
export type RedisBackend = {
  /** Runs commands in order and answers each; one that fails does not keep the next from running. */
  pipeline(commands: readonly string[][]): Promise<RedisReply[]>;
  /** Runs commands as one transaction; rejects with Redis' own words when it refused the whole. */
  transaction(commands: readonly string[][]): Promise<RedisReply[]>;
};

/** A Redis that has come up. */
export type RedisServer = {
  /** "server" is a real Redis or Valkey; "stand-in" lives in this process's memory and dies with it. */
  readonly kind: "server" | "stand-in";
  /** How another program reaches it; undefined for the stand-in, which only the REST door can reach. */
  readonly url: string | undefined;
  /** What a person must know about it, e.g. what the stand-in loses; undefined when nothing is lost. */
  readonly notice: string | undefined;
  /** The door's way in. */
  readonly backend: RedisBackend;
  /** Settles when a real server is gone without having been asked; never for the stand-in. */
  readonly exited: Promise<string>;
  readonly stop: () => Promise<void>;
};

/** The door's way into a real server. */
export function redisBackend(client: Redis): RedisBackend {
  return {
    pipeline: (commands) => execute(client.pipeline(), commands),
    transaction: (commands) => execute(client.multi(), commands),
  };
}

async function execute(chain: ChainableCommander, commands: readonly string[][]): Promise<RedisReply[]> {
  // ioredis reshapes the replies of commands it knows by their lower-case name; the door passes on what Redis said.
  for (const [name = "", ...args] of commands) chain.call(name.toUpperCase(), ...args);
  const replies = (await chain.exec()) ?? [];
  return replies.map(([error, result]) => (error === null ? { result } : { error: error.message }));
}
