import { createHash, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { z } from "zod";
import { isAllowed, RestCommand, RestCommands, scriptTranslator } from "./gateway-commands.ts";
import type { RedisBackend, RedisReply } from "./redis-backend.ts";

export type GatewayOptions = {
  readonly backend: RedisBackend;
  /** What a caller must send as `Authorization: Bearer …`, on every path. */
  readonly token: string;
};

export type Gateway = { readonly url: string; readonly port: number; readonly stop: () => Promise<void> };

const MAX_BODY_BYTES = 1_000_000;

/** A refusal of the door itself, before Redis is asked. */
class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

type Call = { readonly kind: "single" | "pipeline" | "transaction"; readonly commands: string[][] };

/** Opens Upstash's REST protocol in front of a Redis, on a free port of 127.0.0.1. */
export async function startGateway({ backend, token }: GatewayOptions): Promise<Gateway> {
  const translate = scriptTranslator();
  const server = createServer((request, response) => {
    void answer(request, response, token, async (call) => {
      const commands = call.commands.map(translate);
      return call.kind === "transaction" ? backend.transaction(commands) : backend.pipeline(commands);
    });
  });
  // The caller keeps connections open and sends on one of them at any moment; closing first would race with it.
  server.keepAliveTimeout = 120_000;
  const port = await listen(server);
  return {
    port,
    url: `http://127.0.0.1:${String(port)}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (typeof address === "object" && address !== null) resolve(address.port);
      else reject(new Error("The REST door has no address."));
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  perform: (call: Call) => Promise<RedisReply[]>,
): Promise<void> {
  try {
    if (!isAuthorised(request, token)) throw new Refusal(401, "WRONGPASS invalid or missing auth token");
    const call = await readCall(request);
    const refused = call.commands.find((command) => !isAllowed(command));
    if (refused !== undefined) throw new Refusal(403, `NOPERM this door does not let the command '${refused[0] ?? ""}' through`);
    const replies = await perform(call);
    const encode = request.headers["upstash-encoding"] === "base64" ? encodeBase64 : (value: unknown) => value;
    const encoded = replies.map((reply) => ("error" in reply ? reply : { result: encode(reply.result) }));
    const [first] = encoded;
    if (call.kind !== "single") send(response, 200, encoded);
    else send(response, first === undefined || "error" in first ? 400 : 200, first);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    send(response, statusOf(error, message), { error: message });
  }
}

/** Redis' own refusals begin with a word in capitals (ERR, EXECABORT); anything else means that it was not reached. */
function statusOf(error: unknown, message: string): number {
  if (error instanceof Refusal) return error.status;
  return /^[A-Z]+ /.test(message) ? 400 : 503;
}

/** Digests of equal length are compared in constant time, so neither the token nor its length can be timed. */
function isAuthorised(request: IncomingMessage, token: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(request.headers.authorization ?? ""), digest(`Bearer ${token}`));
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const body = await readBody(request);
  switch (url.pathname) {
    case "/":
      return { kind: "single", commands: [parse(RestCommand, body)] };
    case "/pipeline":
      return { kind: "pipeline", commands: parse(RestCommands, body) };
    case "/multi-exec":
      return { kind: "transaction", commands: parse(RestCommands, body) };
    default:
      return { kind: "single", commands: [pathCommand(url, body)] };
  }
}

/** `/set/key/value?EX=60`: the path is the command, a body is its last argument, the query its options. */
function pathCommand(url: URL, body: string): string[] {
  try {
    const path = url.pathname.slice(1).split("/").map(decodeURIComponent);
    const options = [...url.searchParams].flatMap(([name, value]) => (value === "" ? [name] : [name, value]));
    return [...path, ...(body === "" ? [] : [body]), ...options];
  } catch {
    throw new Refusal(400, "ERR the path is not valid percent-encoding");
  }
}

function parse<T>(schema: z.ZodType<T>, body: string): T {
  try {
    return schema.parse(JSON.parse(body));
  } catch {
    throw new Refusal(400, "ERR failed to parse command: a JSON array of strings, numbers or booleans is expected");
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.setEncoding("utf8")) {
    const bytes = Buffer.from(String(chunk));
    size += bytes.length;
    if (size > MAX_BODY_BYTES) throw new Refusal(413, "ERR max request size exceeded");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Upstash sends every text in base64 except the bare OK, which its client expects as it is. */
function encodeBase64(value: unknown): unknown {
  if (typeof value === "string") return value === "OK" ? value : Buffer.from(value).toString("base64");
  return Array.isArray(value) ? value.map(encodeBase64) : value;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
