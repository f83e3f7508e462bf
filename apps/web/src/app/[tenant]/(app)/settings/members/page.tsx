import { getTranslations } from "next-intl/server";
import { MembersPage } from "./members-page.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("identity.members"))("title") });

export default function Page() {
  return <MembersPage />;
}
