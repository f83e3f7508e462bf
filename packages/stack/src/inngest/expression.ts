/** CEL, the language of `if`, `match`, trigger expressions, and keys. `event` is the trigger, `async` what came later. */
import { Environment } from "@marcbachmann/cel-js";
import type { ParseResult } from "@marcbachmann/cel-js";

type Variables = { readonly event: unknown; readonly async?: unknown };

const environment = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false });

function compile(expression: string): ParseResult {
  return environment.parse(expression);
}

/** What is wrong with an expression, or undefined when it can be used. */
export function explainExpression(expression: string): string | undefined {
  try {
    compile(expression);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? error.message) : String(error);
  }
}

/** The value of an expression; undefined when it speaks of a field that is not there, or cannot be computed. */
function evaluate(expression: string, variables: Variables): unknown {
  try {
    const value: unknown = compile(expression)(variables);
    return value;
  } catch {
    return undefined;
  }
}

/** Whether an event satisfies an expression. No expression is satisfied by all; one that cannot be computed, by none. */
export function isSatisfied(expression: string | null | undefined, variables: Variables): boolean {
  return expression == null || evaluate(expression, variables) === true;
}

/** The text of a key's value, or undefined when it cannot be computed. */
export function keyOf(expression: string, variables: Variables): string | undefined {
  const value = evaluate(expression, variables);
  // CEL's whole numbers are BigInt, which JSON does not know.
  return typeof value === "string" || value === undefined ? value : JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? String(part) : part));
}
