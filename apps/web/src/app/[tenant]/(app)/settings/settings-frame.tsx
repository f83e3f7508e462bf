"use client";

import { PageHeader, TabLinks } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useGrant, useMe } from "../../../../components/frame/me.ts";

/** The settings that this person may open, as tabs. */
export function SettingsFrame({ children }: { readonly children: ReactNode }) {
  const t = useTranslations("identity.settings");
  const pathname = usePathname();
  const { tenant } = useMe();
  const canSeeMembers = useGrant("members:read") !== undefined;
  const parts = canSeeMembers ? (["members", "appearance"] as const) : (["appearance"] as const);
  const tabs = parts.map((part) => {
    const href = `/${tenant.slug}/settings/${part}`;
    return { href, label: t(part), isCurrent: pathname === href };
  });
  return (
    <>
      <PageHeader title={t("title")} />
      <TabLinks label={t("title")} tabs={tabs} />
      {children}
    </>
  );
}
