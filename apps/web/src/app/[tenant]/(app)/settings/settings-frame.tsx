"use client";

import type { Permission } from "@atrium/kernel";
import { PageHeader, TabLinks } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useMe } from "../../../../components/frame/me.ts";

/** The tabs in their order, each with the permission that opens it. */
const parts = [
  { part: "company", needs: "company:manage" },
  { part: "members", needs: "members:read" },
  { part: "roles", needs: "roles:read" },
  { part: "calendar", needs: "time:read" },
  { part: "security", needs: "security:read" },
  { part: "audit", needs: "audit:read" },
  { part: "billing", needs: "billing:read" },
  { part: "appearance", needs: undefined },
] as const satisfies readonly { readonly part: string; readonly needs: Permission | undefined }[];

/** The settings that this person may open, as tabs. */
export function SettingsFrame({ children }: { readonly children: ReactNode }) {
  const t = useTranslations("identity.settings");
  const pathname = usePathname();
  const { tenant, grants } = useMe();
  const open = parts.filter(({ needs }) => needs === undefined || grants[needs] !== undefined);
  const tabs = open.map(({ part }) => {
    const href = `/${tenant.slug}/settings/${part}`;
    return { href, label: t(part), isCurrent: pathname === href || pathname.startsWith(`${href}/`) };
  });
  return (
    <>
      <PageHeader title={t("title")} />
      <TabLinks label={t("title")} tabs={tabs} />
      {children}
    </>
  );
}
