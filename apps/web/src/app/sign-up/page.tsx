import { getTranslations } from "next-intl/server";
import { NarrowPage } from "../../components/narrow-page.tsx";
import { SignUpForm } from "./sign-up-form.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("company.signUp"))("metaTitle") });

export default async function Page() {
  const t = await getTranslations("company.signUp");
  return (
    <NarrowPage title={t("title")} isWide>
      <SignUpForm />
    </NarrowPage>
  );
}
