import { getTranslations } from "next-intl/server";
import { NarrowPage } from "../../../components/narrow-page.tsx";
import { requireCompany } from "../../../server/directory.ts";
import type { CompanyPage } from "../../../server/directory.ts";
import { ResetForm } from "./reset-form.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("identity.reset"))("title") });

export default async function ResetPage(props: CompanyPage) {
  const { slug } = await requireCompany(props);
  const t = await getTranslations("identity.reset");
  return (
    <NarrowPage title={t("title")}>
      <ResetForm slug={slug} />
    </NarrowPage>
  );
}
