import { getTranslations } from "next-intl/server";
import { PayslipsPage } from "./payslips-page.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("payroll.mine"))("title") });

export default function Page() {
  return <PayslipsPage />;
}
