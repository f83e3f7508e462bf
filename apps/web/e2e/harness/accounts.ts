import { request } from "@playwright/test";
import type { APIRequestContext } from "@playwright/test";
import { join } from "node:path";
import { z } from "zod";
import type { House } from "./env.ts";
import { fromSomewhere } from "./network.ts";

export const roles = ["owner", "hr", "payroll", "manager", "employee"] as const;
export type RoleName = (typeof roles)[number];

/** Acme is worked in by one journey alone, Initrode by that of the smallest plan; Globex is only ever read; Hooli has nobody and Umbrella three people. */
export const companies = ["acme", "globex", "hooli", "umbrella", "initrode"] as const;
export type Company = (typeof companies)[number];

export type Account = `${RoleName}@${Company}`;

export const accounts: readonly Account[] = companies.flatMap((company) => roles.map((role): Account => `${role}@${company}`));

export const companyOf = (account: Account): string => account.replace(/^.*@/, "");

export const emailOf = (account: Account): string => `${account}.test`;

/** Where an account's session lies, as Playwright keeps it. */
export const sessionFile = ({ folder }: Pick<House, "folder">, account: Account): string => join(folder, "sessions", `${account}.json`);

const Csrf = z.object({ csrfToken: z.string() });
const Redirect = z.object({ url: z.string() });

/** Signs in through the same door as the form, without a browser. What it answers asks with the session's cookie. */
export async function doorOf(house: House, company: string, email: string): Promise<APIRequestContext> {
  const door = await request.newContext({ baseURL: house.url, extraHTTPHeaders: fromSomewhere() });
  const base = `/${company}/api/auth`;
  const { csrfToken } = Csrf.parse(await (await door.get(`${base}/csrf`)).json());
  const form = { email, password: house.password, csrfToken, json: "true", callbackUrl: `/${company}` };
  const answer = await door.post(`${base}/callback/credentials`, { form });
  const { url } = Redirect.parse(await answer.json());
  if (!answer.ok() || url.includes("error=")) throw new Error(`${email} could not sign in: ${answer.status()} ${url}`);
  return door;
}

/** Signs an account in and keeps its session. */
export async function signInByApi(house: House, account: Account): Promise<void> {
  const door = await doorOf(house, companyOf(account), emailOf(account));
  await door.storageState({ path: sessionFile(house, account) });
  await door.dispose();
}
