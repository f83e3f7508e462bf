import { getTranslations } from "next-intl/server";
import { OrganisationPage } from "./organisation-page.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("people.organisation"))("title") });

export default function Page() {
  return <OrganisationPage />;
}
