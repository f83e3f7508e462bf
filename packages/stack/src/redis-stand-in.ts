import { createHash } from "node:crypto";
import RedisMock from "ioredis-mock";
import type { Redis } from "ioredis";
import type { RedisBackend, RedisReply, RedisServer } from "./redis-backend.ts";

const NOTICE =
  "No redis-server or valkey-server was found, so an in-memory stand-in takes its place: rate limits and sign-in " +
  "throttles start again at zero with every start, and it is slower. Install redis-server to keep them.";

/** A Redis of this process's own memory, for machines where none can be had. It forgets everything when it stops. */
export function startStandIn(): RedisServer {
  const client = new RedisMock();
  const scripts = new Map<string, string>();
  let last: Promise<unknown> = Promise.resolve();
  // Calls wait for one another, so that nothing comes between the commands of a transaction.
  const inTurn: RedisBackend["pipeline"] = (commands) => {
    const replies = last.then(() => answerAll(client, scripts, commands));
    last = replies;
    return replies;
  };
  return {
    kind: "stand-in",
    url: undefined,
    notice: NOTICE,
    backend: { pipeline: inTurn, transaction: inTurn },
    exited: new Promise(() => undefined),
    stop: async () => {
      await client.flushall();
      client.disconnect();
    },
  };
}

async function answerAll(
  client: Redis,
  scripts: Map<string, string>,
  commands: readonly string[][],
): Promise<RedisReply[]> {
  const replies: RedisReply[] = [];
  for (const command of commands) replies.push(await answer(client, scripts, command));
  return replies;
}

async function answer(client: Redis, scripts: Map<string, string>, command: string[]): Promise<RedisReply> {
  try {
    return { result: await perform(client, scripts, command) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** The mock runs scripts but keeps none, so the digests of those it has seen are kept here. */
async function perform(client: Redis, scripts: Map<string, string>, command: string[]): Promise<unknown> {
  const [name = "", first = "", ...rest] = command;
  switch (name.toUpperCase()) {
    case "SCRIPT":
      return remember(scripts, rest[0] ?? "");
    case "EVAL":
      remember(scripts, first);
      return runScript(client, first, rest);
    case "EVALSHA": {
      const script = scripts.get(first);
      if (script === undefined) throw new Error("NOSCRIPT No matching script. Please use EVAL.");
      return runScript(client, script, rest);
    }
    default:
      return runCommand(client, name, command.slice(1));
  }
}

function remember(scripts: Map<string, string>, script: string): string {
  const digest = createHash("sha1").update(script).digest("hex");
  scripts.set(digest, script);
  return digest;
}

function runScript(client: Redis, script: string, [keys = "0", ...args]: string[]): Promise<unknown> {
  return client.eval(script, Number(keys), ...args);
}

/** The mock has no generic call, only a method for each command it knows. */
async function runCommand(client: Redis, name: string, args: string[]): Promise<unknown> {
  const method: unknown = Reflect.get(client, name.toLowerCase());
  if (typeof method !== "function") throw new Error(`ERR unknown command '${name}' in the in-memory stand-in`);
  const reply: unknown = await Reflect.apply(method, client, args);
  // ioredis turns a hash into an object; over the wire it is a flat list.
  const isHash = name.toUpperCase() === "HGETALL" && typeof reply === "object" && reply !== null;
  return isHash ? Object.entries(reply).flat() : reply;
}
