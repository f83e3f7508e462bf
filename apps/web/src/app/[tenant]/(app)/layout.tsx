import type { ReactNode } from "react";
import { cookies } from "next/headers";
import { AppFrame } from "../../../components/frame/app-frame.tsx";
import { collapsedCookie } from "../../../components/frame/collapsed.ts";
import { openCompanies } from "../../../server/open-companies.ts";
import { requireMe } from "../../../server/page-context.ts";

/** The pages of somebody who is signed in. */
export default async function AppLayout({ params, children }: { readonly params: Promise<{ tenant: string }>; readonly children: ReactNode }) {
  const { tenant } = await params;
  const me = await requireMe(tenant);
  const isCollapsed = (await cookies()).get(collapsedCookie)?.value === "1";
  return (
    <AppFrame me={me} companies={await openCompanies()} isCollapsed={isCollapsed}>
      {children}
    </AppFrame>
  );
}
