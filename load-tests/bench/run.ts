/* `npm run bench -- NAME`: runs one benchmark and prints its figures as one line of JSON, last. */
import { readdir } from "node:fs/promises";

const folder = new URL("./", import.meta.url);
const names = (await readdir(folder)).filter((file) => file.endsWith(".bench.ts")).map((file) => file.slice(0, -".bench.ts".length));
const [name, ...options] = process.argv.slice(2);

if (name === undefined || !names.includes(name)) {
  console.error(`Name a benchmark: npm run bench -- ${names.join(" | ")}`);
  process.exit(2);
}

interface Benchmark {
  /** Runs, telling its progress on standard error, and answers its figures. */
  run(options: readonly string[]): Promise<Readonly<Record<string, unknown>>>;
}

function isBenchmark(module: unknown): module is Benchmark {
  return typeof module === "object" && module !== null && "run" in module && typeof module.run === "function";
}

const module: unknown = await import(new URL(`${name}.bench.ts`, folder).href);
if (!isBenchmark(module)) throw new TypeError(`${name}.bench.ts exports no run().`);
const figures = await module.run(options);
console.log(JSON.stringify({ bench: name, ...figures }));
