import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { requireMe } from "../../../../../server/page-context.ts";
import { ownPath } from "../../../../../server/sign-in.ts";
import { SecurityPage } from "./security-page.tsx";

interface PageProps {
  readonly params: Promise<{ tenant: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export const generateMetadata = async () => ({ title: (await getTranslations("account"))("title") });

export default async function Page({ params, searchParams }: PageProps) {
  const [{ tenant }, { next }] = await Promise.all([params, searchParams]);
  // Whoever looks in has no account here.
  if ((await requireMe(tenant)).support !== null) notFound();
  return <SecurityPage next={ownPath(typeof next === "string" ? next : undefined, tenant)} />;
}
