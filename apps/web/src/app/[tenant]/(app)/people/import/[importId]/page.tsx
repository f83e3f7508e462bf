import { getTranslations } from "next-intl/server";
import { ImportPage } from "./import-page.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("people.import"))("title") });

export default async function Page({ params }: { readonly params: Promise<{ importId: string }> }) {
  return <ImportPage id={(await params).importId} />;
}
