import { getTranslations } from "next-intl/server";
import { NarrowPage } from "../../../components/narrow-page.tsx";
import { requireCompany } from "../../../server/directory.ts";
import type { CompanyPage } from "../../../server/directory.ts";
import { AcceptForm } from "./accept-form.tsx";

export async function generateMetadata(props: CompanyPage) {
  const t = await getTranslations("identity.invitation");
  return { title: t("title", { company: (await requireCompany(props)).name }) };
}

export default async function InvitationPage(props: CompanyPage) {
  const { slug, name } = await requireCompany(props);
  const t = await getTranslations("identity.invitation");
  return (
    <NarrowPage title={t("title", { company: name })}>
      <AcceptForm slug={slug} company={name} />
    </NarrowPage>
  );
}
