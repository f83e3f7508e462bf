"use client";

import type { RoleRow } from "@atrium/identity/contract";
import { isRole } from "@atrium/kernel";
import { Checkbox, SkeletonText } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { QueryError } from "../../../../../components/query-error.tsx";
import { useRoleName } from "../../../../../components/use-role-name.ts";
import { useCompanyRoles } from "./use-company-roles.ts";

export interface RoleChoicesProps {
  readonly chosen: readonly string[];
  readonly onChange: (roles: readonly string[]) => void;
  /** Roles the member holds already: shown even when they are beyond what the person may give. */
  readonly held?: readonly string[];
  /** Roles that may not be given here, whoever gives them. */
  readonly without?: readonly string[];
  /** A label stands over it already: the group's own name is then for a screen reader alone. */
  readonly isLabelled?: boolean;
}

/** The roles that this person may give, and those that are held already. */
export function RoleChoices({ chosen, onChange, held = [], without = [], isLabelled = false }: RoleChoicesProps) {
  const t = useTranslations("identity.members");
  const list = useCompanyRoles();
  if (list.error) return <QueryError error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <SkeletonText lines={4} />;
  const shown = list.data.filter(({ id, isWithinOwn }) => (isWithinOwn || held.includes(id)) && !without.includes(id));
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className={isLabelled ? "sr-only" : "mb-2 font-medium"}>{t("roles")}</legend>
      {shown.map((role) => (
        <RoleChoice
          key={role.id}
          role={role}
          isOn={chosen.includes(role.id)}
          onToggle={(isOn) => onChange(isOn ? [...chosen, role.id] : chosen.filter((id) => id !== role.id))}
        />
      ))}
    </fieldset>
  );
}

function RoleChoice({ role, isOn, onToggle }: { readonly role: RoleRow; readonly isOn: boolean; readonly onToggle: (isOn: boolean) => void }) {
  const nameOf = useRoleName();
  const text = useTranslations("identity.roleTexts");
  // Within a field each box would take the field's own id.
  const id = useId();
  return (
    <div>
      <Checkbox id={id} label={nameOf(role)} value={isOn} onChange={onToggle} />
      <p className="pl-7.5 text-sm text-ink-soft">{isRole(role.id) ? text(role.id) : role.description}</p>
    </div>
  );
}
