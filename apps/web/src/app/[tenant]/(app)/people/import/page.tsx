import { getTranslations } from "next-intl/server";
import { ImportsPage } from "./imports-page.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("people.import"))("title") });

export default function Page() {
  return <ImportsPage />;
}
