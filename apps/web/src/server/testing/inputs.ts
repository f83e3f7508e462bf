import { z } from "zod";
import type { Procedure } from "./doors.ts";

/** What a field may be filled with, tried in this order: words, days and numbers, then the ids of a company. */
const words = [
  "canary", "2026-10", "2026-10-15", "2026-10-15T06:00:00.000Z", "someone@elsewhere.test", "AAAPA0001A", "12345678", "123456789012", "TEST0000001", "KA", "https://idp.elsewhere.test",
  "elsewhere.test", "a long enough pass phrase", "Asia/Kolkata", "A reason that says why.",
  ...Array.from({ length: 10 }, (_, digit) => `90000000000${digit}`), "29", "560001", "29AAACB0002B1ZP", 1, 12, 2026, true, null,
] as const;

/** Procedures whose input no schema can be read for. An entry is a decision: what would a thief send? */
const byHand: Readonly<Record<string, (ids: readonly string[]) => unknown>> = {};

export interface InputChoice {
  /** The ids to fill in, those that are to be tried first at the front. */
  readonly ids: readonly string[];
  /** Whether optional fields are filled as well. */
  readonly isFull: boolean;
}

/** An input that the procedure's schemas take, with these ids wherever one can stand; undefined when none can be made. */
export function inputFor(procedure: Procedure, choice: InputChoice): { readonly input: unknown } | undefined {
  const input = made(procedure, choice);
  return procedure.inputs.every((schema) => schema.safeParse(input).success) ? { input } : undefined;
}

/** Why no input can be made, and what to do about it. */
export function faultOfInput(procedure: Procedure, choice: InputChoice): string | undefined {
  const input = made(procedure, choice);
  const issues = procedure.inputs.flatMap((schema) => schema.safeParse(input).error?.issues ?? []);
  if (issues.length === 0) return undefined;
  return `${procedure.path} takes no input that can be made: ${JSON.stringify(issues)}. Give one by hand in apps/web/src/server/testing/inputs.ts, or its table's prefix in packages/db/src/testing/row-fixtures.ts.`;
}

function made({ path, inputs }: Procedure, choice: InputChoice): unknown {
  if (inputs.length === 0) return undefined;
  return byHand[path]?.(choice.ids) ?? Object.assign({}, ...inputs.map((schema) => sample(schema, choice)));
}

/** A value that this schema may take, for what is no procedure's input. */
export const sampleOf = (schema: z.ZodType, choice: InputChoice): unknown => sample(schema, choice);

const Fields = z.record(z.string(), z.instanceof(z.ZodType));
const Options = z.array(z.instanceof(z.ZodType));

function sample(schema: z.core.$ZodType, choice: InputChoice): unknown {
  if (schema instanceof z.ZodObject) {
    const shape: unknown = schema.shape;
    const fields = Object.entries(Fields.parse(shape)).map(([name, field]) => [name, sample(field, choice)] as const);
    return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
  }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return choice.isFull ? sample(schema.unwrap(), choice) : undefined;
  if (schema instanceof z.ZodNullable) return choice.isFull ? (sample(schema.unwrap(), choice) ?? null) : null;
  if (schema instanceof z.ZodArray) {
    const item = sample(schema.element, choice);
    return item === undefined ? [] : [item];
  }
  if (schema instanceof z.ZodUnion) {
    const options: unknown = schema.options;
    return Options.parse(options).map((option) => sample(option, choice)).find((value) => z.safeParse(schema, value).success);
  }
  if (schema instanceof z.ZodRecord) return {};
  if (schema instanceof z.ZodEnum) return Object.values(schema.enum)[0];
  if (schema instanceof z.ZodLiteral) return schema.value;
  const fitting = [...words, ...choice.ids].find((value) => z.safeParse(schema, value).success);
  return fitting === undefined && schema instanceof z.ZodPipe ? sample(schema.in, choice) : fitting;
}
