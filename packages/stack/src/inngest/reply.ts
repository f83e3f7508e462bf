/** What an answer of the app means: the function finished, failed, or found steps. */
import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import { Opcode, SdkError } from "./opcodes.ts";
import type { StepProblem } from "./runs.ts";

export type Outcome =
  | { readonly kind: "finished"; readonly data: unknown }
  | { readonly kind: "rejected"; readonly error: StepProblem; readonly isRetriable: boolean; readonly retryAfterMs?: number | undefined }
  | { readonly kind: "steps"; readonly opcodes: readonly Opcode[]; readonly retryAfterMs?: number | undefined };

type Reply = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string };

/** With streaming the real answer comes wrapped in the body of a 201. */
const StreamedReply = z.object({
  status: z.number(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.union([z.string(), z.unknown().transform((value) => JSON.stringify(value))]),
});

export function readReply(reply: Reply): Outcome {
  const json = parseJson(reply.text);
  if (reply.status === 201) {
    const streamed = StreamedReply.safeParse(json);
    if (streamed.success) {
      const { status, headers, body } = streamed.data;
      return readReply({ status, headers: { ...reply.headers, ...headers }, text: body });
    }
  }
  const isOk = reply.status >= 200 && reply.status < 300;
  if (!isOk) return readFailure(reply, json);
  if (reply.headers["x-inngest-sdk"] === undefined) return rejected("NotTheSdk", "The answer did not come from the Inngest SDK.");
  if (reply.status !== 206) return { kind: "finished", data: json ?? null };
  const opcodes = z.union([z.array(Opcode), Opcode.transform((one) => [one])]).safeParse(json);
  if (!opcodes.success) return rejected("UnreadableReply", "The steps in the app's answer cannot be read.");
  const complete = opcodes.data.find(({ op }) => op === "RunComplete");
  if (complete !== undefined) return { kind: "finished", data: complete.data ?? null };
  return { kind: "steps", opcodes: opcodes.data, retryAfterMs: retryAfterMs(reply.headers) };
}

/** Only the SDK's own header makes a failure final: a crash or a wrong signature may mend itself. */
function readFailure({ status, headers, text }: Reply, json: unknown): Outcome {
  const error = z.object({ message: z.string() }).safeParse(json).success
    ? SdkError.parse(json)
    : { name: "UnexpectedReply", message: `The app answered ${String(status)}: ${text.slice(0, 1000)}` };
  return { kind: "rejected", error, isRetriable: headers["x-inngest-no-retry"] !== "true", retryAfterMs: retryAfterMs(headers) };
}

/** A failure of the exchange itself, which may be tried again. */
export function rejected(name: string, message: string): Outcome {
  return { kind: "rejected", error: { name, message }, isRetriable: true };
}

const SHORTEST_MS = 1_000;
const LONGEST_MS = 86_400_000;

/** `retry-after` in milliseconds: whole seconds or a date, at least a second and at most a day. */
function retryAfterMs(headers: IncomingHttpHeaders): number | undefined {
  const value = headers["retry-after"];
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : new Date(value).getTime() - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, SHORTEST_MS), LONGEST_MS);
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
