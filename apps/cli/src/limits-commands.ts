import type { Command } from "commander";
import { startedIn } from "./env.ts";
import { clearLimits, setLimits, showLimits, watchLimits } from "./limits.ts";
import type { TypedOverride } from "./limits-order.ts";
import { dataFolder } from "./paths.ts";

interface DataFlag {
  readonly data?: string;
}

const dataFlag = ["--data <folder>", "where its data lies (default: .atrium in the repository)"] as const;
const tenant = ["<tenant>", "the company's address name"] as const;
const folderOf = (flags: DataFlag): string => dataFolder(flags.data, startedIn());

/** `atrium limits …` */
export function addLimitsCommands(program: Command): void {
  const limits = program.command("limits").description("how many requests a company may make: see it, watch it, and set another limit for a while");
  limits
    .command("show")
    .description("the limits in force, what is left of them, what was refused and for whom")
    .argument(...tenant)
    .option("--json", "as JSON, with every number", false)
    .option(...dataFlag)
    .action(async (slug: string, flags: DataFlag & { readonly json: boolean }) => {
      process.exitCode = await showLimits(folderOf(flags), slug, flags.json);
    });
  limits
    .command("set")
    .description("give a company other limits than its plan's, in force within a second; takes the place of what was set before")
    .argument(...tenant)
    .option("--per-minute <n>", "requests a minute; the plan's when it is left out")
    .option("--per-hour <n>", "requests an hour; the plan's when it is left out")
    .option("--for <length>", "how long it holds: 30m, 2h, 3d")
    .option("--until <moment>", "or until when: 2026-11-21T18:00 on this machine's clock, or with Z or +05:30 behind it")
    .option("--reason <text>", "why; stands in the company's audit trail")
    .option(...dataFlag)
    .action(async (slug: string, flags: DataFlag & TypedOverride) => {
      process.exitCode = await setLimits(folderOf(flags), slug, flags);
    });
  limits
    .command("clear")
    .description("give a company its plan's limits again")
    .argument(...tenant)
    .option(...dataFlag)
    .action(async (slug: string, flags: DataFlag) => {
      process.exitCode = await clearLimits(folderOf(flags), slug);
    });
  limits
    .command("watch")
    .description("the same as show, drawn anew every second until Ctrl-C; one line a second where there is no terminal")
    .argument(...tenant)
    .option(...dataFlag)
    .action(async (slug: string, flags: DataFlag) => {
      process.exitCode = await watchLimits(folderOf(flags), slug);
    });
}
