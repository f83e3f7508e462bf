import { getTranslations } from "next-intl/server";
import { EmployeePage } from "./employee-page.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("people"))("one") });

export default async function Page({ params }: { readonly params: Promise<{ employeeId: string }> }) {
  return <EmployeePage id={(await params).employeeId} />;
}
