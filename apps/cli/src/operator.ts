import type { Command } from "commander";
import { startedIn } from "./env.ts";
import { addressOver } from "./instance.ts";
import { dataFolder } from "./paths.ts";
import { Refusal, say } from "./report.ts";
import { outside, withHouse } from "./tenant.ts";

// The packages of the domains are loaded late: their database client may have been generated a moment ago.

interface DataFlag {
  readonly data?: string;
}

const dataFlag = ["--data <folder>", "where its data lies (default: .atrium in the repository)"] as const;
const folderOf = (flags: DataFlag): string => dataFolder(flags.data, startedIn());

/** `atrium operator create`. @returns the exit code */
function create(dataDir: string, typed: { readonly email: string; readonly name: string }): Promise<number> {
  return withHouse(dataDir, async (house) => {
    const [{ createOperator }, { NewOperator }] = await Promise.all([import("@atrium/identity"), import("@atrium/identity/contract")]);
    const read = NewOperator.safeParse(typed);
    if (!read.success) throw new Refusal("An operator needs a name, and an address written in full, such as om@atrium.test.");
    const path = await createOperator(await outside(house), read.data);
    say(`${read.data.name} is an operator. They choose a password by this link, within seven days and once, and set up a second factor then:`);
    say(`  ${addressOver(dataDir)}${path}`);
  });
}

/** `atrium operator list`. @returns the exit code */
function list(dataDir: string): Promise<number> {
  return withHouse(dataDir, async (house) => {
    const { listOperators } = await import("@atrium/identity");
    const operators = await listOperators(await outside(house));
    for (const { email, name, status, hasMfa, lastSignInAt } of operators) {
      const factor = hasMfa ? "second factor" : "no second factor";
      say(`  ${email.padEnd(32)} ${status.padEnd(12)} ${factor.padEnd(17)} ${lastSignInAt ? `seen ${lastSignInAt.toISOString().slice(0, 10)}` : "never seen"}  ${name}`);
    }
    if (operators.length === 0) say("  There is no operator yet.");
  });
}

/** `atrium operator reset-mfa`. @returns the exit code */
function resetMfa(dataDir: string, email: string): Promise<number> {
  return withHouse(dataDir, async (house) => {
    const { resetOperatorMfa } = await import("@atrium/identity");
    await resetOperatorMfa(await outside(house), email);
    say(`${email} sets up a new second factor at the next sign-in.`);
  });
}

/** `atrium operator deactivate`. @returns the exit code */
function deactivate(dataDir: string, email: string): Promise<number> {
  return withHouse(dataDir, async (house) => {
    const { deactivateOperator } = await import("@atrium/identity");
    await deactivateOperator(await outside(house), email);
    say(`${email} is no operator any more. Their sessions are over, and so is what companies let them see.`);
  });
}

function addAct(operator: Command, name: string, description: string, run: (dataDir: string, email: string) => Promise<number>): void {
  operator
    .command(name)
    .description(description)
    .argument("<email>", "their address")
    .option(...dataFlag)
    .action(async (email: string, flags: DataFlag) => {
      process.exitCode = await run(folderOf(flags), email);
    });
}

/** `atrium operator …` */
export function addOperatorCommands(program: Command): void {
  const operator = program.command("operator").description("who operates Atrium: sees the list of companies, and into one only when it lets them");
  operator
    .command("create")
    .description("make an operator and print the link by which they choose a password; again for one who has yet to use it")
    .argument("<email>", "their address")
    .requiredOption("--name <text>", "their name")
    .option(...dataFlag)
    .action(async (email: string, flags: DataFlag & { readonly name: string }) => {
      process.exitCode = await create(folderOf(flags), { email, name: flags.name });
    });
  operator
    .command("list")
    .description("every operator and how they stand")
    .option(...dataFlag)
    .action(async (flags: DataFlag) => {
      process.exitCode = await list(folderOf(flags));
    });
  addAct(operator, "reset-mfa", "take an operator's second factors away, so that they set up new ones", resetMfa);
  addAct(operator, "deactivate", "let an operator go; ends their sessions and their looks into companies", deactivate);
}
