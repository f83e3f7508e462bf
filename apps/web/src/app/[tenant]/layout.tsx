import { isTenantSlug } from "@atrium/kernel";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { TenantClient } from "../../client/tenant-client.tsx";

export default async function TenantLayout({ params, children }: { readonly params: Promise<{ tenant: string }>; readonly children: ReactNode }) {
  const { tenant } = await params;
  if (!isTenantSlug(tenant)) notFound();
  return (
    <TenantClient key={tenant} slug={tenant}>
      {children}
    </TenantClient>
  );
}
