import { createHash } from "node:crypto";
import { z } from "zod";

/** One Redis command as Upstash's REST protocol carries it: its name and arguments. */
export const RestCommand = z.array(z.union([z.string(), z.number(), z.boolean()]).transform(String)).min(1).max(10_000);
export const RestCommands = z.array(RestCommand).min(1).max(1_000);

const ALLOWED = new Set(
  (
    "PING ECHO TIME " +
    "GET SET SETNX SETEX PSETEX GETSET GETDEL GETEX MGET MSET APPEND STRLEN GETRANGE SETRANGE " +
    "DEL UNLINK EXISTS TYPE TOUCH EXPIRE EXPIREAT PEXPIRE PEXPIREAT TTL PTTL PERSIST " +
    "INCR INCRBY INCRBYFLOAT DECR DECRBY " +
    "HGET HSET HSETNX HMGET HMSET HDEL HGETALL HINCRBY HINCRBYFLOAT HEXISTS HKEYS HVALS HLEN " +
    "SADD SREM SMEMBERS SISMEMBER SMISMEMBER SCARD " +
    "ZADD ZREM ZCARD ZCOUNT ZSCORE ZINCRBY ZRANGE ZRANGEBYSCORE ZREMRANGEBYSCORE ZREMRANGEBYRANK " +
    "LPUSH RPUSH LPOP RPOP LLEN LRANGE LTRIM LREM LINDEX " +
    "EVAL EVALSHA EVAL_RO EVALSHA_RO"
  ).split(" "),
);

/** Whether the door lets a command through. Everything that reads or changes the server itself stays outside. */
export function isAllowed(command: readonly string[]): boolean {
  const name = command[0]?.toUpperCase() ?? "";
  if (name === "SCRIPT") return command[1]?.toUpperCase() === "LOAD" && command.length === 3;
  return ALLOWED.has(name);
}

const UPSTASH_ONLY_FLAG = /^#!lua flags=allow-key-locking[^\S\n]*\n/;
const sha1 = (text: string) => createHash("sha1").update(text).digest("hex");

/**
 * Rewrites scripts written for Upstash's own server: a stock Redis refuses their `allow-key-locking` flag.
 * Callers name a script by the digest of what they wrote, so the door remembers which digest Redis knows it by.
 */
export function scriptTranslator(): (command: string[]) => string[] {
  const digests = new Map<string, string>();
  return (command) => {
    const [name = "", first = "", ...rest] = command;
    const verb = name.toUpperCase();
    if (verb === "EVAL" || verb === "EVAL_RO") return [name, strip(first, digests), ...rest];
    if (verb === "EVALSHA" || verb === "EVALSHA_RO") return [name, digests.get(first) ?? first, ...rest];
    return verb === "SCRIPT" ? [name, first, ...rest.map((script) => strip(script, digests))] : command;
  };
}

function strip(script: string, digests: Map<string, string>): string {
  const plain = script.replace(UPSTASH_ONLY_FLAG, "");
  if (plain !== script) digests.set(sha1(script), sha1(plain));
  return plain;
}
