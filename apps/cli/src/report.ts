/** A failure that was expected and said in a sentence: printed without a trace, exit code 1. */
export class Refusal extends Error {}

/** Runs one step and prints one line with its time when it is done. */
export async function step<T>(name: string, work: () => Promise<T>, remark?: (result: T) => string): Promise<T> {
  const began = performance.now();
  const result = await work();
  say(line(name, performance.now() - began, remark?.(result)));
  return result;
}

/** One line of the start: the step's name, its seconds, and a word on it. */
export function line(name: string, elapsedMs: number, remark = ""): string {
  return `  ${name.padEnd(14)} ${(elapsedMs / 1000).toFixed(1).padStart(6)} s  ${remark}`.trimEnd();
}

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints why a command ended. What was foreseen is a sentence; what was not brings its trace along. */
export function complain(error: unknown): void {
  process.stderr.write(`\n${sentence(error)}\n`);
}

const FORESEEN = new Set(["StackError", "Refusal", "MigrationFailed"]);

function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isForeseen = error instanceof Refusal || FORESEEN.has(error.name);
  return isForeseen ? error.message : `Something unforeseen went wrong: ${error.stack ?? error.message}`;
}
