import { request } from "@playwright/test";
import { globSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { roles, sessionFile } from "./accounts.ts";
import type { RoleName } from "./accounts.ts";
import { apiOf } from "./api.ts";
import type { House } from "./env.ts";
import { fromSomewhere } from "./network.ts";
import { expect } from "./test.ts";

const app = fileURLToPath(new URL("../../src/app/", import.meta.url));
const sample = fileURLToPath(new URL("../../../../packages/people/samples/joiners.csv", import.meta.url));

/** Every page of the application as a pattern, `/[tenant]/people/[employeeId]`, as its folders spell it. */
export function pagePatterns(): string[] {
  return globSync("**/page.tsx", { cwd: app })
    .map((file) => `/${file}`.replace(/\/page\.tsx$/, "").replaceAll(/\/\([^)]*\)/g, "") || "/")
    .sort();
}

export interface SitePage {
  readonly pattern: string;
  /** For whom it looks different; `nobody` is somebody who is not signed in. */
  readonly for: readonly (RoleName | "nobody")[];
  /** An address of it in Globex, where nothing is changed. */
  readonly address: (house: House) => string | Promise<string>;
}

const at = (path: string) => () => path;

/** Pages that only send on to another. */
export const forwarding = ["/[tenant]/settings", "/[tenant]/subscription", "/[tenant]/suspended"];

/** Pages of our operators, who are made and looked at in support.spec.ts. */
export const operatorPages = ["/[tenant]/companies/[company]"];

/** All pages with those for whom they are, so that none is left unlooked at. */
export const site: readonly SitePage[] = [
  { pattern: "/", for: ["nobody"], address: at("/") },
  { pattern: "/sign-up", for: ["nobody"], address: at("/sign-up") },
  { pattern: "/sign-up/confirm", for: ["nobody"], address: signUpLink },
  { pattern: "/outbox", for: ["nobody"], address: at("/outbox") },
  { pattern: "/outbox/[message]", for: ["nobody"], address: aMessage },
  { pattern: "/[tenant]/sign-in", for: ["nobody"], address: at("/globex/sign-in?why=ended") },
  { pattern: "/[tenant]/forgot", for: ["nobody"], address: at("/globex/forgot") },
  { pattern: "/[tenant]/reset", for: ["nobody"], address: at("/globex/reset") },
  { pattern: "/[tenant]/invitation", for: ["nobody"], address: at("/globex/invitation") },
  { pattern: "/[tenant]/confirm-email", for: ["nobody"], address: at("/globex/confirm-email") },
  { pattern: "/[tenant]", for: roles, address: at("/globex") },
  { pattern: "/[tenant]/account/security", for: ["employee"], address: at("/globex/account/security") },
  { pattern: "/[tenant]/settings/appearance", for: ["employee"], address: at("/globex/settings/appearance") },
  { pattern: "/[tenant]/settings/billing", for: ["owner"], address: at("/globex/settings/billing") },
  { pattern: "/[tenant]/settings/billing/change", for: ["owner"], address: at("/globex/settings/billing/change") },
  { pattern: "/[tenant]/settings/company", for: ["owner"], address: at("/globex/settings/company") },
  { pattern: "/[tenant]/settings/roles", for: ["owner", "hr"], address: at("/globex/settings/roles") },
  { pattern: "/[tenant]/settings/calendar", for: ["hr", "employee"], address: at("/globex/settings/calendar") },
  { pattern: "/[tenant]/settings/members", for: ["owner", "hr"], address: at("/globex/settings/members") },
  { pattern: "/[tenant]/settings/security", for: ["owner"], address: at("/globex/settings/security") },
  { pattern: "/[tenant]/settings/audit", for: ["owner"], address: at("/globex/settings/audit") },
  { pattern: "/[tenant]/people", for: ["hr", "manager"], address: at("/globex/people") },
  { pattern: "/[tenant]/people/new", for: ["hr"], address: at("/globex/people/new") },
  { pattern: "/[tenant]/people/organisation", for: ["hr"], address: at("/globex/people/organisation") },
  { pattern: "/[tenant]/people/import", for: ["hr"], address: at("/globex/people/import") },
  { pattern: "/[tenant]/people/import/[importId]", for: ["hr"], address: checkedImport },
  { pattern: "/[tenant]/people/[employeeId]", for: ["hr", "payroll"], address: anEmployee },
  { pattern: "/[tenant]/people/[employeeId]", for: ["employee"], address: ownRecord },
  { pattern: "/[tenant]/pay", for: ["payroll"], address: at("/globex/pay") },
  { pattern: "/[tenant]/pay/[period]", for: ["payroll"], address: openMonth },
  { pattern: "/[tenant]/pay/[period]", for: ["payroll"], address: publishedMonth },
  { pattern: "/[tenant]/payslips", for: ["employee"], address: at("/globex/payslips") },
  { pattern: "/[tenant]/payslips/[payslipId]", for: ["employee"], address: ownPayslip },
];

/** A message as the application would have written it, so that there is one whatever the other tests have done. */
function aMessage({ folder }: House): string {
  const outbox = join(folder, "outbox");
  mkdirSync(outbox, { recursive: true });
  const head = ["From: Atrium <no-reply@atrium.test>", "To: somebody@globex.test", "Subject: Your payslip is ready"];
  writeFileSync(join(outbox, "a-message.eml"), [...head, "", "It is ready.", ""].join("\r\n"));
  return "/outbox/a-message";
}

/** The link that a sign-up was sent, as it lies in the outbox. */
async function signUpLink(house: House): Promise<string> {
  const door = await request.newContext({ baseURL: house.url, extraHTTPHeaders: fromSomewhere() });
  const mark = `looked-at-${String(Date.now())}`;
  await door.post("/api/sign-up", { data: { company: "Looked At", slug: mark, name: "Lata Rao", email: `${mark}@looked.test`, plan: "starter" } });
  await door.dispose();
  const outbox = join(house.folder, "outbox");
  const mails = readdirSync(outbox).map((name) => readFileSync(join(outbox, name), "utf8").replaceAll(/=\r?\n/g, ""));
  const link = mails.map((mail) => (mail.includes(mark) ? /\/sign-up\/confirm#[\w.-]+/.exec(mail)?.[0] : undefined)).find((found) => found !== undefined);
  return link ?? "/sign-up/confirm";
}

/** Somebody of the manager's own team, whom HR and payroll see as well. */
export async function anEmployee(house: House): Promise<string> {
  const { items } = await apiOf(house, "manager@globex").people.employee.list.query({});
  return `/globex/people/${items[0]?.id ?? ""}`;
}

async function ownRecord(house: House): Promise<string> {
  const { member } = await apiOf(house, "employee@globex").identity.session.me.query();
  return `/globex/people/${member.employeeId ?? ""}`;
}

export async function openMonth(house: House): Promise<string> {
  const { period } = await apiOf(house, "owner@globex").payroll.run.standing.query();
  return `/globex/pay/${period}`;
}

async function publishedMonth(house: House): Promise<string> {
  const { payslips } = await apiOf(house, "employee@globex").payroll.payslip.mine.query();
  return `/globex/pay/${payslips[0]?.period ?? ""}`;
}

async function ownPayslip(house: House): Promise<string> {
  const { payslips } = await apiOf(house, "employee@globex").payroll.payslip.mine.query();
  return `/globex/payslips/${payslips[0]?.id ?? ""}`;
}

const Uploaded = z.object({ id: z.string() });

/** An import of the sample that was checked and is left at that: the one that another test made, since a company may begin few in a minute. */
async function checkedImport(house: House): Promise<string> {
  const { items } = await apiOf(house, "hr@globex").people.import.list.query();
  const known = items.find(({ status }) => status === "checked");
  if (known !== undefined) return `/globex/people/import/${known.id}`;
  const hr = await request.newContext({ baseURL: house.url, storageState: sessionFile(house, "hr@globex") });
  const answer = await hr.post("/globex/api/people/imports?name=joiners.csv", { data: readFileSync(sample) });
  const { id } = Uploaded.parse(await answer.json());
  await hr.dispose();
  await expect.poll(async () => (await apiOf(house, "hr@globex").people.import.get.query({ id })).status).toBe("checked");
  return `/globex/people/import/${id}`;
}
