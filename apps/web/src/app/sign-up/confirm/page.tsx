import { getTranslations } from "next-intl/server";
import { NarrowPage } from "../../../components/narrow-page.tsx";
import { ConfirmSignUpPage } from "./confirm-page.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("company.confirm"))("metaTitle") });

export default async function Page() {
  const t = await getTranslations("company.confirm");
  return (
    <NarrowPage title={t("title")}>
      <ConfirmSignUpPage />
    </NarrowPage>
  );
}
