import { getTranslations } from "next-intl/server";
import { AppearancePage } from "./appearance-page.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("identity.appearance"))("title") });

export default function Page() {
  return <AppearancePage />;
}
