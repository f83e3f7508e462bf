import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { House } from "./env.ts";
import { roles } from "./accounts.ts";
import type { RoleName } from "./accounts.ts";

const app = fileURLToPath(new URL("../../src/app/", import.meta.url));

/** Every page of the application as a pattern, `/[tenant]/people/[employeeId]`, as its folders spell it. */
export function pagePatterns(): string[] {
  return globSync("**/page.tsx", { cwd: app })
    .map((file) => `/${file}`.replace(/\/page\.tsx$/, "").replaceAll(/\/\([^)]*\)/g, "") || "/")
    .sort();
}

export interface SitePage {
  readonly pattern: string;
  /** Who may open it; `nobody` is somebody who is not signed in. */
  readonly openTo: readonly (RoleName | "nobody")[];
  /** An address of it in Globex, which no test changes. */
  readonly address: (house: House) => string | Promise<string>;
}

const at = (path: string) => () => path;
const nobody = ["nobody"] as const;

/** Pages that only send on to another. */
export const forwarding = ["/[tenant]/settings"];

/** All pages with somebody for whom they are, so that none is left unlooked at. */
export const site: readonly SitePage[] = [
  { pattern: "/", openTo: nobody, address: at("/") },
  { pattern: "/outbox", openTo: nobody, address: at("/outbox") },
  { pattern: "/[tenant]/sign-in", openTo: nobody, address: at("/globex/sign-in?why=ended") },
  { pattern: "/[tenant]", openTo: roles, address: at("/globex") },
  { pattern: "/[tenant]/settings/appearance", openTo: ["employee"], address: at("/globex/settings/appearance") },
  { pattern: "/[tenant]/settings/members", openTo: ["owner", "hr"], address: at("/globex/settings/members") },
];
