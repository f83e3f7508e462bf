import { getTranslations } from "next-intl/server";
import { CompanyPage } from "./company-page.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("operator"))("title") });

export default async function Page({ params }: { readonly params: Promise<{ company: string }> }) {
  return <CompanyPage company={(await params).company} />;
}
