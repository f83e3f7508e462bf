import { getTranslations } from "next-intl/server";
import { PayPage } from "./pay-page.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("payroll"))("title") });

export default function Page() {
  return <PayPage />;
}
