"use client";

import type { MenuItem } from "@atrium/ui";
import { Building2, Plus } from "lucide-react";
import { useTranslations } from "next-intl";

/** A company that this browser is signed in to. */
export interface OpenCompany {
  readonly slug: string;
  readonly name: string;
}

/** The companies one may switch to, this one among them, and the way to another. */
export function useTenantItems(here: OpenCompany, companies: readonly OpenCompany[]): readonly MenuItem[] {
  const t = useTranslations("common.person");
  // The name in sight may be newer than the one that was looked up.
  const all = [...companies.filter(({ slug }) => slug !== here.slug), here].toSorted((one, other) => one.name.localeCompare(other.name));
  return [
    ...all.map(({ slug, name }) => ({ id: slug, label: name, icon: <Building2 aria-hidden />, href: `/${slug}`, isCurrent: slug === here.slug })),
    // No address name has a blank in it.
    { id: "another company", label: t("anotherCompany"), icon: <Plus aria-hidden />, href: "/", startsGroup: true },
  ];
}
