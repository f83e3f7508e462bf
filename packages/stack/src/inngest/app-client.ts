/** Signed HTTP to the app: the bytes, the limits, and the ways in which no answer comes. */
import http from "node:http";
import https from "node:https";
import { signBody } from "./signature.ts";

/** Requests to this server and answers of the app above this size are refused. State always travels in the body. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024;

export type AppReply =
  | { readonly kind: "reply"; readonly status: number; readonly headers: http.IncomingHttpHeaders; readonly text: string }
  /** Nothing was listening: the app has seen nothing of the call. */
  | { readonly kind: "unreachable"; readonly reason: string }
  /** The connection broke after the call was sent: the app may have done anything. */
  | { readonly kind: "broken"; readonly reason: string }
  /** This server is stopping. */
  | { readonly kind: "interrupted" };

export type AppRequest = {
  readonly method: "POST" | "PUT";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly signingKey: string;
  readonly signal?: AbortSignal;
};

const UNREACHABLE = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** Sends one signed request. A step may take hours, so there is no time limit; only the connection's end ends it. */
export async function sendToApp(request: AppRequest): Promise<AppReply> {
  const { body, signature } = signBody(request.body, request.signingKey);
  const headers = {
    ...request.headers,
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    "x-inngest-signature": signature,
    "x-inngest-server-kind": "cloud",
  };
  try {
    return await exchange(request, headers, body);
  } catch (error) {
    if (request.signal?.aborted === true) return { kind: "interrupted" };
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: UNREACHABLE.has(code) ? "unreachable" : "broken", reason: `${request.url}: ${reason}` };
  }
}

function exchange(request: AppRequest, headers: Record<string, string>, body: string): Promise<AppReply> {
  return new Promise((resolve, reject) => {
    const url = new URL(request.url);
    const send = url.protocol === "https:" ? https.request : http.request;
    // A connection of its own for each call: a kept one may be closed by the app just as the call goes out.
    const outgoing = send(url, { method: request.method, headers, agent: false, ...(request.signal && { signal: request.signal }) });
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      readBody(incoming).then((text) => {
        resolve({ kind: "reply", status: incoming.statusCode ?? 0, headers: incoming.headers, text });
      }, reject);
    });
    outgoing.end(body);
  });
}

/** The whole body as text. Rejects when it is too large or breaks off. */
export async function readBody(incoming: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

export class BodyTooLarge extends Error {
  constructor() {
    super(`The body is larger than ${String(MAX_BODY_BYTES / 1024 / 1024)} MiB.`);
    this.name = "BodyTooLarge";
  }
}
