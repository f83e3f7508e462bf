import { getTranslations } from "next-intl/server";
import { ChangePage } from "./change-page.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("billing.change"))("title") });

export default function Page() {
  return <ChangePage />;
}
