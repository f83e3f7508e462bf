"use client";

import type { MemberRow } from "@atrium/identity/contract";
import { Badge, Person, TimeText } from "@atrium/ui";
import type { DataTableColumn } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useMe } from "../../../../../components/frame/me.ts";
import { useHeldRoleName } from "./use-company-roles.ts";

export function useMemberColumns(): readonly DataTableColumn<MemberRow>[] {
  const t = useTranslations("identity.members");
  const nameOf = useHeldRoleName();
  const { member: me, tenant } = useMe();
  return useMemo(
    () => [
      {
        id: "name",
        header: t("name"),
        mobile: "title",
        cell: (row) => (
          <span className="flex min-w-0 items-center gap-2">
            <Person name={row.name} detail={row.email} />
            {row.id === me.id ? <Badge>{t("you")}</Badge> : null}
            {row.status === "deactivated" ? <Badge tone="attention">{t("deactivated")}</Badge> : null}
          </span>
        ),
      },
      { id: "roles", header: t("roles"), cell: (row) => row.roles.map(nameOf).join(", ") },
      {
        id: "lastSignIn",
        header: t("lastSignIn"),
        width: 200,
        cell: (row) =>
          row.lastSignInAt === null ? <span className="text-ink-faint">{t("never")}</span> : <TimeText instant={row.lastSignInAt} timeZone={tenant.timeZone} />,
      },
    ],
    [t, nameOf, me.id, tenant.timeZone],
  );
}
