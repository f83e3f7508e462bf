/** More than any body by which somebody signs in. What is longer is not let in: its end could name somebody else. */
export const longestBody = 16_384;

/** What a body says about who tries to come in. */
export interface Tried {
  readonly mailbox: string | undefined;
  readonly isTooLong: boolean;
}

/**
 * The mailbox that somebody tries to come in with, as the body of the request names it: a form's or JSON's `email`. It is
 * read the way the doors read it, so that nobody is counted as one and let in as another. The body still reaches them.
 *
 * @param place of a procedure's `input` alone there are batches; to any other door the word in the address means nothing
 */
export async function mailboxIn(request: Request, place: "mailbox" | "input"): Promise<Tried> {
  const text = await beginning(request.clone().body);
  if (text === undefined) return { mailbox: undefined, isTooLong: true };
  const type = request.headers.get("content-type") ?? "";
  const isForm = type.includes("application/x-www-form-urlencoded") && !type.includes("application/json");
  const fields = isForm ? Object.fromEntries(new URLSearchParams(text)) : json(text);
  // In a batch, as tRPC tells one, each call's input stands by its number.
  const isBatch = place === "input" && new URL(request.url).searchParams.get("batch") === "1";
  const email = member(isBatch ? member(fields, "0") : fields, "email");
  return { mailbox: typeof email === "string" ? email.normalize("NFKC").trim().toLowerCase() : undefined, isTooLong: false };
}

const member = (value: unknown, name: string): unknown => (typeof value === "object" && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined);

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A body's text; undefined when it is longer than it may be, of which no more is read than that takes. */
async function beginning(body: ReadableStream<Uint8Array> | null): Promise<string | undefined> {
  if (body === null) return "";
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let [text, length] = ["", 0];
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    length += piece.value.byteLength;
    if (length > longestBody) {
      // Not waited for: it is over once the other copy of the body is, too.
      reader.cancel().catch(() => undefined);
      return undefined;
    }
    text += decoder.decode(piece.value, { stream: true });
  }
  return text + decoder.decode();
}

/** What stands in Redis in the place of an account: nobody reads an address out of it. */
export async function digestOf(...parts: readonly string[]): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(parts.join("\n")));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
