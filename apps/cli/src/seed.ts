import { Refusal } from "./report.ts";

/** Where to seed, with which password and keys. */
export type SeedRequest = {
  readonly appUrl: string;
  readonly password: string;
  readonly keys: { readonly ATRIUM_KEYS_FILE?: string; readonly ATRIUM_KEYS?: string };
};

/** The companies of the demo, as the application's first page offers them. */
export const demoTenants = "acme,globex";

/** Makes the demo's companies unless they are there already. @returns a word on it */
export async function seedDemo(request: SeedRequest): Promise<string> {
  const { seed } = await import("../../../prisma/seed/index.ts");
  const { made } = await seed({ name: "demo", ...request });
  return made ? "" : "kept";
}

/** The names before the @ of the demo accounts. */
export async function demoAccountNames(): Promise<string[]> {
  const { demoAccounts } = await import("../../../prisma/seed/index.ts");
  return demoAccounts.map(({ name }) => name);
}

/** `npm run db:seed -- list`: what can be seeded. */
export async function listScenarios(): Promise<string[]> {
  const { scenarios } = await import("../../../prisma/seed/index.ts");
  return Object.entries(scenarios).map(([name, { purpose }]) => `  ${name.padEnd(10)} ${purpose}`);
}

/** Seeds one scenario by its name. @returns a word on it */
export async function seedScenario(name: string, request: SeedRequest): Promise<string> {
  const { scenarios, seed } = await import("../../../prisma/seed/index.ts");
  if (!Object.hasOwn(scenarios, name)) throw new Refusal(`There is no scenario called "${name}". npm run db:seed -- list shows them.`);
  const { made } = await seed({ name, ...request });
  return made ? "" : "kept";
}
