import { redirect } from "next/navigation";
import { requireMe } from "../../../../server/page-context.ts";

/** The settings have no page of their own: whoever runs the company begins with it, everybody else with how Atrium looks. */
export default async function Page({ params }: { readonly params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  const { grants } = await requireMe(tenant);
  redirect(`/${tenant}/settings/${grants["company:manage"] === undefined ? "appearance" : "company"}`);
}
