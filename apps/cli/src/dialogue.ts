import { createInterface } from "node:readline/promises";
import { Refusal, say } from "./report.ts";
import { demoAccountNames } from "./seed.ts";

/** What a stack that is up looks like from outside. */
export type Stack = {
  readonly url: string;
  readonly demoPassword: string;
  /** Whether the demo's companies are in it: a database of one's own is left as it is. */
  readonly hasDemo: boolean;
  readonly dataDir: string;
  /** The database as the application reaches it. */
  readonly databaseUrl: string;
};

/** Asks before everything in a data folder is thrown away; without a terminal there is nobody to ask. */
export async function confirmReset(dataDir: string, isConfirmed: boolean): Promise<void> {
  if (isConfirmed) return;
  if (!process.stdin.isTTY) {
    throw new Refusal(`--reset throws away everything in ${dataDir} and there is no terminal to ask on. Say so with --reset --yes.`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(`Throw away everything in ${dataDir} and start afresh? [y/N] `);
    if (!/^y(es)?$/i.test(answer.trim())) throw new Refusal("Nothing was thrown away. Start without --reset to keep working with it.");
  } finally {
    terminal.close();
  }
}

/** The last words of a start: where to go, and as whom. */
export async function announce({ url, demoPassword, hasDemo, dataDir }: Stack): Promise<void> {
  say(`
  Atrium is ready at ${url}

${hasDemo ? await demoLines(demoPassword) : noDemoLines}
  E-mail         ${url}/outbox
  Data and logs  ${dataDir}

  Ctrl-C stops everything and keeps the data.
`);
}

async function demoLines(password: string): Promise<string> {
  const accounts = await demoAccountNames();
  return `  Sign in as     ${accounts.map((name) => `${name}@acme.test`).join(", ")}
                 (or the same names at globex.test)
  Password       ${password}`;
}

const noDemoLines = `  Sign in        as whoever is a member of a company in the database you named.
                 For the demo's companies: npm run db:seed -- demo`;
