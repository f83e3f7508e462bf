import { getTranslations } from "next-intl/server";
import { NarrowPage } from "../components/narrow-page.tsx";
import { demoCompanies } from "../server/directory.ts";
import { CompanyForm } from "./company-form.tsx";

export default async function Page() {
  const t = await getTranslations("common.company");
  return (
    <NarrowPage title={t("title")}>
      <CompanyForm demo={await demoCompanies()} />
    </NarrowPage>
  );
}
