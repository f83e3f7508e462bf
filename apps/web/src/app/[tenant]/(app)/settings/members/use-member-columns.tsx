"use client";

import type { MemberRow } from "@atrium/identity/contract";
import { Badge, Person, StatusBadge, TimeText } from "@atrium/ui";
import type { DataTableColumn, Tone } from "@atrium/ui";
import { ShieldCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useMe } from "../../../../../components/frame/me.ts";
import { MemberMenu } from "./member-menu.tsx";
import type { MemberAct } from "./member-menu.tsx";
import { useHeldRoleName } from "./use-company-roles.ts";

const tones: Readonly<Record<MemberRow["status"], Tone>> = { invited: "info", active: "good", deactivated: "attention" };

export function useMemberColumns(onAct: ((act: MemberAct, member: MemberRow) => void) | undefined): readonly DataTableColumn<MemberRow>[] {
  const t = useTranslations("identity.members");
  const nameOf = useHeldRoleName();
  const { member: me, tenant } = useMe();
  return useMemo((): readonly DataTableColumn<MemberRow>[] => {
    const quiet = (text: string) => <span className="text-ink-faint">{text}</span>;
    // A very long name is cut here, so that the acts stay in sight; their sheets have it whole.
    const name = (row: MemberRow) => (
      <span className="flex min-w-0 items-center gap-2 sm:max-w-80">
        <Person name={row.name} detail={row.email} />
        {row.id === me.id ? <Badge>{t("you")}</Badge> : null}
      </span>
    );
    const lastSignIn = ({ lastSignInAt }: MemberRow) => (lastSignInAt === null ? quiet(t("never")) : <TimeText instant={lastSignInAt} timeZone={tenant.timeZone} />);
    const secondFactor = ({ hasSecondFactor }: MemberRow) =>
      hasSecondFactor ? (
        <Badge tone="good" icon={<ShieldCheck aria-hidden />}>
          {t("hasSecondFactor")}
        </Badge>
      ) : (
        quiet(t("noSecondFactor"))
      );
    const acts = (begin: NonNullable<typeof onAct>): DataTableColumn<MemberRow> => ({
      id: "acts",
      header: t("actsColumn"),
      width: 70,
      isHideable: false,
      align: "end",
      cell: (row) => <MemberMenu member={row} onChoose={(act) => begin(act, row)} />,
    });
    return [
      { id: "name", header: t("name"), mobile: "title", cell: name },
      { id: "status", header: t("status"), width: 130, cell: ({ status }) => <StatusBadge tone={tones[status]}>{t(status)}</StatusBadge> },
      { id: "roles", header: t("roles"), cell: ({ roles }) => roles.map(nameOf).join(", ") },
      { id: "secondFactor", header: t("secondFactor"), width: 130, cell: secondFactor },
      { id: "lastSignIn", header: t("lastSignIn"), width: 190, cell: lastSignIn },
      ...(onAct ? [acts(onAct)] : []),
    ];
  }, [t, nameOf, me.id, tenant.timeZone, onAct]);
}
