import { getTranslations } from "next-intl/server";
import { NarrowPage } from "../../../components/narrow-page.tsx";
import { requireCompany } from "../../../server/directory.ts";
import type { CompanyPage } from "../../../server/directory.ts";
import { ForgotForm } from "./forgot-form.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("identity.forgot"))("title") });

export default async function ForgotPage(props: CompanyPage) {
  const { slug, name } = await requireCompany(props);
  const t = await getTranslations("identity.forgot");
  return (
    <NarrowPage title={t("title")}>
      <ForgotForm slug={slug} company={name} />
    </NarrowPage>
  );
}
