import { Command, CommanderError, InvalidArgumentError } from "commander";
import { verifyAudit } from "./audit.ts";
import { addBillingCommands } from "./billing-commands.ts";
import { doctor } from "./doctor.ts";
import { startedIn } from "./env.ts";
import { rotateKeys, showKeys } from "./keys.ts";
import { addLimitsCommands } from "./limits-commands.ts";
import { migrateOnly, seedOnly } from "./offline.ts";
import { addOperatorCommands } from "./operator.ts";
import { dataFolder } from "./paths.ts";
import { complain } from "./report.ts";
import { start } from "./start.ts";
import { addTenantCommands } from "./tenant-commands.ts";
import { runTests } from "./test-run.ts";
import type { WebMode } from "./web.ts";

type DataFlag = { readonly data?: string };
type StartFlags = DataFlag & { readonly port: number; readonly reset: boolean; readonly yes: boolean };

function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new InvalidArgumentError("It must be a whole number from 1 to 65535.");
}

const folderOf = (flags: DataFlag) => dataFolder(flags.data, startedIn());
const dataFlag = ["--data <folder>", "where its data lies (default: .atrium in the repository)"] as const;

function addStart(program: Command, mode: WebMode, description: string): void {
  program
    .command(mode)
    .description(description)
    .option("--port <number>", "where it answers", portNumber, 3000)
    .option(...dataFlag)
    .option("--reset", "throw the data away first", false)
    .option("--yes", "do not ask before a reset", false)
    .action(async (flags: StartFlags) => {
      const { port, reset: isReset, yes: isConfirmed } = flags;
      process.exitCode = await start({ mode, port, dataDir: folderOf(flags), isReset, isConfirmed });
    });
}

function addKeys(program: Command): void {
  const keys = program.command("keys").description("the keys that sensitive fields are sealed under");
  keys
    .command("rotate")
    .description("take new keys and seal everything anew, while Atrium runs; goes on where it was broken off")
    .option(...dataFlag)
    .action(async (flags: DataFlag) => {
      process.exitCode = await rotateKeys(folderOf(flags));
    });
  keys
    .command("status")
    .description("which keys there are, and what lies under which")
    .option(...dataFlag)
    .action(async (flags: DataFlag) => {
      process.exitCode = await showKeys(folderOf(flags));
    });
}

function addExaminations(program: Command): void {
  program
    .command("doctor")
    .description("look at every part and say how to mend what is not well")
    .option(...dataFlag)
    .action(async (flags: DataFlag) => {
      process.exitCode = await doctor(folderOf(flags));
    });
  program
    .command("audit")
    .description("the audit trails of the companies")
    .command("verify")
    .description("recompute every row's digest and compare with the anchors; names the first row that is not as it was written")
    .option("--tenant <slug>", "only this company")
    .option(...dataFlag)
    .action(async (flags: DataFlag & { readonly tenant?: string }) => {
      process.exitCode = await verifyAudit(folderOf(flags), flags.tenant);
    });
}

function theProgram(): Command {
  const program = new Command("atrium").description("Runs, tests and tends Atrium on this machine.").exitOverride();
  addStart(program, "start", "run the production build with everything it needs, until Ctrl-C");
  addStart(program, "dev", "the same with hot reload");
  program
    .command("migrate")
    .description("apply pending migrations")
    .option(...dataFlag)
    .action(async (flags: DataFlag) => {
      process.exitCode = await migrateOnly(folderOf(flags));
    });
  program
    .command("seed")
    .description("fill the database with a named scenario; `list` shows their names")
    .argument("[name]", "the scenario", "list")
    .option(...dataFlag)
    .action(async (name: string, flags: DataFlag) => {
      process.exitCode = await seedOnly(folderOf(flags), name);
    });
  addExaminations(program);
  addKeys(program);
  addTenantCommands(program);
  addOperatorCommands(program);
  addLimitsCommands(program);
  addBillingCommands(program);
  program
    .command("test")
    .description("types, lint, boundaries, unit, build and its secrets, integration and end-to-end, on servers of their own")
    .argument("[stages...]", "only these stages, e.g. unit e2e")
    .action(async (stages: string[]) => {
      process.exitCode = await runTests(stages);
    });
  return program;
}

try {
  await theProgram().parseAsync();
} catch (error) {
  // Commander has printed what it had to say.
  if (!(error instanceof CommanderError)) complain(error);
  process.exitCode = error instanceof CommanderError ? error.exitCode : 1;
}
// Idle connections of a client library must not keep a finished command alive.
process.exit();
