import type { Command } from "commander";
import { startedIn } from "./env.ts";
import { dataFolder } from "./paths.ts";
import { createCompany, deleteCompany, listAll, purge, restoreCompany, resumeCompany, suspendCompany } from "./tenant.ts";

interface DataFlag {
  readonly data?: string;
}

const dataFlag = ["--data <folder>", "where its data lies (default: .atrium in the repository)"] as const;
const folderOf = (flags: DataFlag): string => dataFolder(flags.data, startedIn());

/** One step in the life of the company of this address name. */
function addStep(tenant: Command, name: string, description: string, run: (dataDir: string, slug: string, reason: string | undefined) => Promise<number>): void {
  tenant
    .command(name)
    .description(description)
    .argument("<slug>", "its address name")
    .option("--reason <text>", "why; stands in the company's audit trail")
    .option(...dataFlag)
    .action(async (slug: string, flags: DataFlag & { readonly reason?: string }) => {
      process.exitCode = await run(folderOf(flags), slug, flags.reason);
    });
}

function addCreate(tenant: Command): void {
  tenant
    .command("create")
    .description("make a company and print the link by which its owner chooses a password")
    .argument("<slug>", "its address name")
    .requiredOption("--name <text>", "what the company is called")
    .requiredOption("--owner <text>", "the owner's name")
    .requiredOption("--email <address>", "the owner's address")
    .option("--plan <plan>", "free, starter, professional or enterprise", "starter")
    .option(...dataFlag)
    .action(async (slug: string, flags: DataFlag & { readonly name: string; readonly owner: string; readonly email: string; readonly plan: string }) => {
      process.exitCode = await createCompany(folderOf(flags), { company: flags.name, slug, name: flags.owner, email: flags.email, plan: flags.plan });
    });
}

/** `atrium tenant …` */
export function addTenantCommands(program: Command): void {
  const tenant = program.command("tenant").description("the companies: make, list, suspend, delete and bring back, whether or not Atrium is running");
  tenant
    .command("list")
    .description("every company and how it stands")
    .option(...dataFlag)
    .action(async (flags: DataFlag) => {
      process.exitCode = await listAll(folderOf(flags));
    });
  addCreate(tenant);
  addStep(tenant, "suspend", "shut a company's doors", suspendCompany);
  addStep(tenant, "resume", "open them again", resumeCompany);
  addStep(tenant, "delete", "export a company into the data folder, then delete it: for 30 days it can be brought back", deleteCompany);
  addStep(tenant, "restore", "bring a deleted company back", restoreCompany);
  tenant
    .command("purge")
    .description("remove for good what was deleted more than 30 days ago; without --yes it only says what that is. Meant for a daily timer")
    .option("--yes", "remove it", false)
    .option(...dataFlag)
    .action(async (flags: DataFlag & { readonly yes: boolean }) => {
      process.exitCode = await purge(folderOf(flags), flags.yes);
    });
}
