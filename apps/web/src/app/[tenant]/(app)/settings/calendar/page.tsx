import { getTranslations } from "next-intl/server";
import { CalendarPage } from "./calendar-page.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("time.calendar"))("title") });

export default function Page() {
  return <CalendarPage />;
}
