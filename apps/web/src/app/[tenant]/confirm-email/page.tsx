import { getTranslations } from "next-intl/server";
import { NarrowPage } from "../../../components/narrow-page.tsx";
import { requireCompany } from "../../../server/directory.ts";
import type { CompanyPage } from "../../../server/directory.ts";
import { ConfirmForm } from "./confirm-form.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("identity.confirmEmail"))("title") });

export default async function ConfirmEmailPage(props: CompanyPage) {
  const { slug, name } = await requireCompany(props);
  const t = await getTranslations("identity.confirmEmail");
  return (
    <NarrowPage title={t("title")}>
      <ConfirmForm slug={slug} company={name} />
    </NarrowPage>
  );
}
