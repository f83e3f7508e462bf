/** What the SDK registers about a function, read strictly: anything this server does not do is refused by name. */
import { z } from "zod";
import { nextTick } from "./cron-expression.ts";
import { parseMoment } from "./duration.ts";
import { explainExpression } from "./expression.ts";

const Concurrency = z.object({
  limit: z.int().min(0),
  key: z.string().optional(),
  scope: z.enum(["fn", "env", "account"]).default("fn"),
});
export type Concurrency = z.output<typeof Concurrency>;

const Trigger = z.union([
  z.strictObject({ event: z.string().min(1), expression: z.string().optional() }),
  z.strictObject({ cron: z.string() }),
]);

const Cancellation = z.strictObject({
  event: z.string().min(1),
  if: z.string().optional(),
  timeout: z.string().optional(),
});

/** The reference's number of retries for a function that names none. */
const DEFAULT_RETRIES = 4;

export const FunctionConfig = z
  .object({
    id: z.string().min(1),
    name: z.string().optional(),
    triggers: z.array(Trigger).default([]),
    steps: z.object({
      step: z.object({
        runtime: z.object({ type: z.literal("http"), url: z.url() }),
        retries: z.object({ attempts: z.int().min(0).max(20).default(DEFAULT_RETRIES) }).optional(),
      }),
    }),
    concurrency: z
      .union([
        z.number().transform((limit): Concurrency[] => [{ limit, scope: "fn" }]),
        Concurrency.transform((one) => [one]),
        z.array(Concurrency),
      ])
      .default([]),
    idempotency: z.string().optional(),
    cancel: z.array(Cancellation).default([]),
  })
  .transform((config) => ({
    id: config.id,
    triggers: config.triggers,
    url: config.steps.step.runtime.url,
    maxAttempts: (config.steps.step.retries?.attempts ?? DEFAULT_RETRIES) + 1,
    // The reference reads a limit of 0 as no limit.
    concurrency: config.concurrency.filter(({ limit }) => limit > 0),
    idempotency: config.idempotency,
    cancel: config.cancel,
  }));
export type FunctionConfig = z.output<typeof FunctionConfig>;

const SUPPORTED = new Set(["id", "name", "triggers", "steps", "concurrency", "idempotency", "cancel"]);

/** Deferred functions, signals and the like announce themselves through triggers of this kind. */
const UNSUPPORTED_TRIGGER = /^inngest\/deferred\./;

export type Reading =
  | { readonly ok: true; readonly config: FunctionConfig }
  | { readonly ok: false; readonly error: string };

/** Reads one function of a registration, or says in a sentence why it cannot run here. */
export function readFunction(raw: unknown): Reading {
  const named = z.looseObject({ id: z.string() }).safeParse(raw);
  if (!named.success) return { ok: false, error: "A function without an id was registered." };
  const { id } = named.data;
  const unsupported = Object.keys(named.data).filter((key) => !SUPPORTED.has(key) && named.data[key] !== undefined);
  if (unsupported.length > 0) return refuse(id, `asks for ${unsupported.map((key) => `"${key}"`).join(", ")}, which it does not have`);
  const parsed = FunctionConfig.safeParse(raw);
  if (!parsed.success) return refuse(id, `cannot read it: ${z.prettifyError(parsed.error)}`);
  const problem = explainConfig(parsed.data);
  return problem === undefined ? { ok: true, config: parsed.data } : refuse(id, problem);
}

function refuse(id: string, why: string): Reading {
  return { ok: false, error: `Function "${id}" was refused by the local Inngest server: ${why}.` };
}

function explainConfig(config: FunctionConfig): string | undefined {
  const expressions = [
    config.idempotency,
    ...config.concurrency.map(({ key }) => key),
    ...config.cancel.map((cancellation) => cancellation.if),
    ...config.triggers.map((trigger) => ("event" in trigger ? trigger.expression : undefined)),
  ];
  for (const expression of expressions) {
    const problem = expression === undefined ? undefined : explainExpression(expression);
    if (problem !== undefined) return `the expression ${JSON.stringify(expression)} cannot be read (${problem})`;
  }
  for (const trigger of config.triggers) {
    if ("cron" in trigger && nextTick(trigger.cron) === undefined) return `the cron ${JSON.stringify(trigger.cron)} cannot be read`;
    if ("event" in trigger && UNSUPPORTED_TRIGGER.test(trigger.event)) return `it does not have the trigger "${trigger.event}"`;
  }
  if (config.concurrency.some(({ scope, key }) => scope !== "fn" && key === undefined)) return "a concurrency scope needs a key";
  const timeout = config.cancel.find((cancellation) => cancellation.timeout !== undefined && parseMoment(cancellation.timeout) === undefined);
  return timeout === undefined ? undefined : `the timeout ${JSON.stringify(timeout.timeout)} cannot be read`;
}
