import { getTranslations } from "next-intl/server";
import { SecuritySettingsPage } from "./security-settings-page.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("security"))("title") });

export default function Page() {
  return <SecuritySettingsPage />;
}
