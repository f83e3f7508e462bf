import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NarrowPage } from "../../../components/narrow-page.tsx";
import { requireCompany } from "../../../server/directory.ts";
import type { CompanyPage } from "../../../server/directory.ts";
import { ownPath } from "../../../server/sign-in.ts";
import { ssoOffers } from "../../../server/sso-offers.ts";
import { SignInForm } from "./sign-in-form.tsx";
import { SsoLinks } from "./sso-links.tsx";
import { whyFrom } from "./why.ts";

interface SignInPageProps extends CompanyPage {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export async function generateMetadata(props: SignInPageProps): Promise<Metadata> {
  const t = await getTranslations("identity.signIn");
  return { title: t("title", { company: (await requireCompany(props)).name }) };
}

export default async function SignInPage(props: SignInPageProps) {
  const { slug, name } = await requireCompany(props);
  const t = await getTranslations("identity.signIn");
  const { next, why, error } = await props.searchParams;
  return (
    <NarrowPage title={t("title", { company: name })}>
      <SignInForm slug={slug} next={ownPath(one(next), slug)} why={whyFrom(one(why))} refused={one(error)}>
        <SsoLinks slug={slug} next={ownPath(one(next), slug)} providers={await ssoOffers(slug)} />
      </SignInForm>
    </NarrowPage>
  );
}

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);
