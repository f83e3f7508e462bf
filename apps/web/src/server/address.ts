import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { ours } from "../edge/request-headers.ts";
import { requestIdFrom } from "../edge/request-id.ts";

/*
 * Next hands on whatever `x-forwarded-for` a client sent, and a route handler sees no socket. So before anything reads a
 * request, the one true address takes that header's place. Node tells of each request here before its server does;
 * those that arrived while this process was still starting, before it said that it is ready, are not among them.
 */

/** What proxies tell of the client. Nothing of it is needed but the address, and a client can send all of it. */
const hearsay = ["forwarded", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "x-real-ip"];

/** From now on every request carries its true address, an id, and none of the headers that only the house itself may set. */
export function rectifyRequests(trustedProxies: number): void {
  subscribe("http.server.request.start", (message) => {
    if (typeof message !== "object" || message === null || !("request" in message)) return;
    if (message.request instanceof IncomingMessage) rectify(message.request, trustedProxies);
  });
}

function rectify(request: IncomingMessage, trustedProxies: number): void {
  const { headers, socket } = request;
  headers["x-forwarded-for"] = addressOf(socket.remoteAddress, headers["x-forwarded-for"], trustedProxies);
  for (const name of Object.keys(headers)) if (ours.test(name) || hearsay.includes(name)) Reflect.deleteProperty(headers, name);
  // Given here, the id needs not be handed on by the middleware, which would have to hand on every other header with it.
  headers["x-request-id"] = requestIdFrom(oneOf(headers["x-request-id"]));
  const { host, path } = partsOf(request.url ?? "/");
  if (host !== undefined) headers.host = host;
  request.url = readablePath(path);
}

const oneOf = (values: string | readonly string[] | undefined): string | null => (typeof values === "string" ? values : null);

/** A request line may name the whole address, and then that host counts (RFC 9112, 3.2.2); Next would read it as a path. */
function partsOf(url: string): { readonly host: string | undefined; readonly path: string } {
  const [, host, path] = /^https?:\/\/([^/?#]*)([^#]*)/i.exec(url) ?? [];
  return host === undefined ? { host, path: url } : { host, path: path?.startsWith("/") === true ? path : `/${path ?? ""}` };
}

/**
 * The caller's address: the socket's, or with proxies before this process the one that the outermost of them saw, so many
 * places from the right of the chain. A shorter chain passed by some proxy, and then only the socket's end is known.
 */
export function addressOf(socketAddress: string | undefined, forwarded: string | readonly string[] | undefined, trustedProxies: number): string {
  const peer = bare(socketAddress ?? "") ?? "unknown";
  const chain = [forwarded ?? []].flat().join(",").split(",");
  const seen = trustedProxies > 0 ? chain.at(-trustedProxies) : undefined;
  return (seen === undefined ? undefined : bare(seen)) ?? peer;
}

/** An address alone: some proxies add a port, and Node writes IPv4 as IPv6. Undefined when it is none. */
function bare(text: string): string | undefined {
  const given = text.trim();
  const address = /^\[(.+)\](?::\d+)?$/.exec(given)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(given)?.[1] ?? given;
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  return isIP(plain) === 0 ? undefined : plain;
}

/** Next answers 500 to a path that cannot be decoded. Taken as it is written, it leads to our own page of what is not there. */
export function readablePath(url: string): string {
  const [path = "", ...query] = url.split("?");
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return [path.replaceAll("%", "%25"), ...query].join("?");
  }
}

/** Whether an address is this machine's own. */
export const isLoopback = (address: string): boolean => address === "::1" || /^127\.\d+\.\d+\.\d+$/.test(address);

/** The address a request came from, as it was set right above. */
export const callerAddress = (headers: Headers): string => headers.get("x-forwarded-for") ?? "unknown";
