import { getTranslations } from "next-intl/server";
import { PayslipPage } from "./payslip-page.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("payroll.payslip"))("name") });

export default async function Page({ params }: { readonly params: Promise<{ readonly payslipId: string }> }) {
  return <PayslipPage id={(await params).payslipId} />;
}
