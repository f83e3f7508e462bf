import { getTranslations } from "next-intl/server";
import { CompanyPage } from "./company-page.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("company.settings"))("title") });

export default function Page() {
  return <CompanyPage />;
}
