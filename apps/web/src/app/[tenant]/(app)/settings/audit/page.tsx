import { getTranslations } from "next-intl/server";
import { AuditTrailPage } from "./audit-trail-page.tsx";

export const generateMetadata = async () => ({ title: (await getTranslations("identity.audit"))("title") });

export default function Page() {
  return <AuditTrailPage />;
}
