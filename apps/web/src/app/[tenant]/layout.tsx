import { isTenantSlug } from "@atrium/kernel";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { TenantClient } from "../../client/tenant-client.tsx";
import { findCompany } from "../../server/directory.ts";

/** Says of a company that does not exist that it does not exist, before anything of it asks who comes. */
export default async function TenantLayout({ params, children }: { readonly params: Promise<{ tenant: string }>; readonly children: ReactNode }) {
  const { tenant } = await params;
  if (!isTenantSlug(tenant) || !(await findCompany(tenant))) notFound();
  return (
    <TenantClient key={tenant} slug={tenant}>
      {children}
    </TenantClient>
  );
}
