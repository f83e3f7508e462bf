import { TextLink } from "@atrium/ui";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { NarrowPage } from "../../../components/narrow-page.tsx";
import { SupportCode } from "../../../components/support-code.tsx";
import { requireCompany, supportAddress } from "../../../server/directory.ts";
import type { CompanyPage } from "../../../server/directory.ts";

export async function generateMetadata(props: CompanyPage): Promise<Metadata> {
  const t = await getTranslations("subscription.suspended");
  return { title: t("title", { company: (await requireCompany(props)).name }) };
}

/** Why nobody of a company comes in. Its status, 403, is set before the server is asked: see `edge/outcomes.ts`. */
export default async function SuspendedPage(props: CompanyPage) {
  const { slug, name, isSuspended } = await requireCompany(props);
  if (!isSuspended) redirect(`/${slug}`);
  const t = await getTranslations("subscription.suspended");
  const address = await supportAddress();
  return (
    <NarrowPage title={t("title", { company: name })}>
      <p>{t("text")}</p>
      {address === undefined ? null : (
        <p>{t.rich("support", { address: () => <TextLink href={`mailto:${address}`}>{address}</TextLink> })}</p>
      )}
      <SupportCode code="tenant_suspended" />
      <p className="text-center">
        <TextLink href="/">{t("otherCompany")}</TextLink>
      </p>
    </NarrowPage>
  );
}
