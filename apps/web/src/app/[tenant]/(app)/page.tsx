import { requireMe } from "../../../server/page-context.ts";
import { CompaniesPage } from "./companies/companies-page.tsx";
import { HomePage } from "./home-page.tsx";

/** What concerns this person today; for our operators, the companies. */
export default async function Page({ params }: { readonly params: Promise<{ tenant: string }> }) {
  const { grants } = await requireMe((await params).tenant);
  return grants["platform:tenants"] === undefined ? <HomePage /> : <CompaniesPage />;
}
