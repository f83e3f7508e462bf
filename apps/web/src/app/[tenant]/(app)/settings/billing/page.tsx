import { getTranslations } from "next-intl/server";
import { supportAddress } from "../../../../../server/directory.ts";
import { BillingPage } from "./billing-page.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("billing"))("title") });

export default async function Page() {
  return <BillingPage supportAddress={await supportAddress()} />;
}
