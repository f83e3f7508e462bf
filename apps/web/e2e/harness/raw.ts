import { request } from "node:http";
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";
import type { House } from "./env.ts";

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request as no browser would send it: any path as it is written, any header, the Host among them. */
export function ask({ url }: House, path: string, headers: OutgoingHttpHeaders = {}): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname: hostname === "localhost" ? "127.0.0.1" : hostname, port, path, headers: { host: `${hostname}:${port}`, ...headers } }, (answer) => {
      text(answer).then((body) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }), reject);
    });
    sent.once("error", reject);
    sent.end();
  });
}
