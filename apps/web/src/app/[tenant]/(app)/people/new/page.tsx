import { getTranslations } from "next-intl/server";
import { NewEmployeePage } from "./new-employee-page.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("people.form"))("newTitle") });

export default function Page() {
  return <NewEmployeePage />;
}
