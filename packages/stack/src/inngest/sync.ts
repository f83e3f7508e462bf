/** Asks the app to register its functions: the out-of-band PUT of the SDK's protocol, signed. */
import { z } from "zod";
import { sendToApp } from "./app-client.ts";

export type SyncResult =
  | { readonly ok: true }
  /** `isReachable` is false while the app is not up yet: ask again later. */
  | { readonly ok: false; readonly isReachable: boolean; readonly error: string };

/**
 * Called by the launcher when the app is up, and again after each deployment.
 * @param serveUrl the app's Inngest route, e.g. http://127.0.0.1:3000/api/inngest
 */
export async function syncApp(serveUrl: string, signingKey: string): Promise<SyncResult> {
  const reply = await sendToApp({ method: "PUT", url: serveUrl, headers: {}, body: { url: serveUrl }, signingKey });
  if (reply.kind !== "reply") {
    return { ok: false, isReachable: false, error: reply.kind === "interrupted" ? "The server is stopping." : reply.reason };
  }
  if (reply.status === 200) return { ok: true };
  const text = z.object({ message: z.string() }).catch({ message: reply.text.slice(0, 1000) });
  const { message } = text.parse(parse(reply.text));
  return { ok: false, isReachable: true, error: `${serveUrl} answered ${String(reply.status)}: ${message}` };
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
