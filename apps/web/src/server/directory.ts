import { findTenant } from "@atrium/identity";
import { notFound } from "next/navigation";
import { cache } from "react";
import { runtime } from "./runtime.ts";

export interface Company {
  readonly slug: string;
  readonly name: string;
  readonly isSuspended: boolean;
}

/** The company of this address name as anybody may know it; undefined when there is none. Asked once a request. */
export const findCompany = cache(async (slug: string): Promise<Company | undefined> => {
  const found = await findTenant((await runtime()).database, slug);
  return found && { slug: found.slug, name: found.name, isSuspended: found.status === "suspended" };
});

export interface CompanyPage {
  readonly params: Promise<{ readonly tenant: string }>;
}

/** The company whose page this is; where there is none, the page is not there. */
export const requireCompany = async ({ params }: CompanyPage): Promise<Company> => (await findCompany((await params).tenant)) ?? notFound();

/** The demo's companies, offered on the first page. None in an installation that is nobody's demo. */
export async function demoCompanies(): Promise<readonly Company[]> {
  const { env } = await runtime();
  const found = await Promise.all(env.ATRIUM_DEMO_TENANTS.map(findCompany));
  return found.filter((company) => company !== undefined);
}

/** Whom a company writes to about its account, where this installation says so. */
export const supportAddress = async (): Promise<string | undefined> => (await runtime()).env.ATRIUM_SUPPORT_EMAIL;
