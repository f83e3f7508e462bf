import { getTranslations } from "next-intl/server";
import { PeoplePage } from "./people-page.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("people"))("title") });

export default function Page() {
  return <PeoplePage />;
}
