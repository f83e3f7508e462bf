import { getTranslations } from "next-intl/server";
import { RolesPage } from "./roles-page.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("company.roles"))("title") });

export default function Page() {
  return <RolesPage />;
}
