"use client";

import type { MemberRow } from "@atrium/identity/contract";
import { DropdownMenu, IconButton } from "@atrium/ui";
import type { MenuItem } from "@atrium/ui";
import { Ellipsis } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMe } from "../../../../../components/frame/me.ts";

/** What can be done about a member. */
export type MemberAct = "roles" | "link" | "resend" | "withdraw" | "deactivate" | "reactivate";

export interface MemberMenuProps {
  readonly member: MemberRow;
  readonly onChoose: (act: MemberAct) => void;
}

const actsOn: Readonly<Record<MemberRow["status"], readonly MemberAct[]>> = {
  invited: ["roles", "link", "resend", "withdraw"],
  active: ["roles", "link", "deactivate"],
  deactivated: ["reactivate"],
};
const dangerous: readonly MemberAct[] = ["withdraw", "deactivate"];

/** The acts that this member's state allows. */
export function MemberMenu({ member, onChoose }: MemberMenuProps) {
  const t = useTranslations("identity.members");
  const me = useMe();
  const items = actsOn[member.status].map((act): MenuItem => ({
    id: act,
    label: t(`acts.${act}`),
    onSelect: () => onChoose(act),
    isDanger: dangerous.includes(act),
    startsGroup: dangerous.includes(act),
    disabledReason: act === "deactivate" && member.id === me.member.id ? t("notYourself") : undefined,
  }));
  return <DropdownMenu trigger={<IconButton variant="ghost" size="sm" label={t("actsFor", { name: member.name })} icon={<Ellipsis aria-hidden />} />} items={items} />;
}
