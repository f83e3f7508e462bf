"use client";

import type { Me } from "@atrium/identity/contract";
import type { MenuItem } from "@atrium/ui";
import { toast } from "@atrium/ui";
import { Building2, IdCard, LogOut, MonitorX, Settings, ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useAppError } from "../../client/use-app-error.ts";
import { signOutOf } from "../../client/circuit.ts";
import { placePath } from "./places.ts";

/** What the person's menu offers. */
export function usePersonItems(me: Me, onSignOutEverywhere: () => void): readonly MenuItem[] {
  const t = useTranslations("common.person");
  const place = useTranslations("common.places");
  const explain = useAppError();
  const { slug } = me.tenant;
  const signOut = async (): Promise<void> => {
    try {
      await signOutOf(slug);
      window.location.assign(`/${slug}/sign-in?why=signed-out`);
    } catch (error) {
      toast.error(explain(error).message);
    }
  };
  const { employeeId } = me.member;
  // Our support looks in without an account of its own.
  const hasAccount = me.support === null;
  return [
    ...(employeeId === null ? [] : [{ id: "record", label: t("ownRecord"), icon: <IdCard aria-hidden />, href: `/${slug}/people/${employeeId}` }]),
    ...(hasAccount ? [{ id: "security", label: t("security"), icon: <ShieldCheck aria-hidden />, href: `/${slug}/account/security` }] : []),
    { id: "settings", label: place("settings"), icon: <Settings aria-hidden />, href: placePath(slug, "settings") },
    { id: "company", label: t("switchCompany"), icon: <Building2 aria-hidden />, href: "/" },
    { id: "sign-out", label: t("signOut"), icon: <LogOut aria-hidden />, onSelect: () => void signOut(), startsGroup: true },
    ...(hasAccount ? [{ id: "everywhere", label: t("signOutEverywhere"), icon: <MonitorX aria-hidden />, onSelect: onSignOutEverywhere }] : []),
  ];
}
