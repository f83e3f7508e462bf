"use client";

import { companyPermissions } from "@atrium/identity/contract";
import { covers, permissionScopes } from "@atrium/kernel";
import type { Permission, Scope } from "@atrium/kernel";
import { Checkbox, Select } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useId } from "react";
import type { ReactNode } from "react";
import { useMe } from "../../../../../components/frame/me.ts";

export type ChosenGrants = Partial<Record<Permission, Scope>>;

/** What belongs together for a reader; the part before the colon decides. */
const groups = {
  people: ["people"],
  pay: ["payroll", "payslip"],
  time: ["time"],
  access: ["members", "roles"],
  company: ["company", "security", "audit", "billing"],
} as const satisfies Readonly<Record<string, readonly string[]>>;
const groupNames = ["people", "pay", "time", "access", "company"] as const satisfies readonly (keyof typeof groups)[];

const ofGroup = (group: keyof typeof groups): readonly Permission[] =>
  companyPermissions.filter((permission) => groups[group].some((area) => permission.startsWith(`${area}:`)));

interface GrantMatrixProps {
  readonly value: ChosenGrants;
  /** Without it the matrix can only be read. */
  readonly onChange?: (value: ChosenGrants) => void;
}

/** Every permission in plain words, with how far it reaches. */
export function GrantMatrix({ value, onChange }: GrantMatrixProps) {
  const t = useTranslations("company.roles");
  const words = useTranslations("identity.permissions");
  const change = (permission: Permission, scope: Scope | undefined): void => {
    const { [permission]: _old, ...others } = value;
    onChange?.(scope === undefined ? others : { ...others, [permission]: scope });
  };
  return (
    <div className="flex flex-col gap-5">
      {groupNames.map((group) => (
        <section key={group} aria-label={t(`groups.${group}`)} className="rounded-lg border border-line">
          <h3 className="border-b border-line bg-sunken px-3 py-1.5 text-sm font-semibold">{t(`groups.${group}`)}</h3>
          <ul className="divide-y divide-line">
            {ofGroup(group).map((permission) => (
              <GrantLine key={permission} label={words(permission)}>
                {(labelId) =>
                  onChange === undefined ? (
                    <Granted scope={value[permission]} permission={permission} />
                  ) : (
                    <GrantControl permission={permission} labelId={labelId} scope={value[permission]} onChange={(scope) => change(permission, scope)} />
                  )
                }
              </GrantLine>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function GrantLine({ label, children }: { readonly label: string; readonly children: (labelId: string) => ReactNode }) {
  const id = useId();
  return (
    <li className="flex items-center justify-between gap-x-4 gap-y-1.5 px-3 py-2 max-sm:has-[[role=combobox]]:flex-col max-sm:has-[[role=combobox]]:items-stretch">
      <span id={id} className="min-w-0">
        {label}
      </span>
      <span className="shrink-0">{children(id)}</span>
    </li>
  );
}

interface GrantedProps {
  readonly permission: Permission;
  readonly scope: Scope | undefined;
}

function Granted({ permission, scope }: GrantedProps) {
  const t = useTranslations("company.roles");
  const words = useTranslations("identity.scopes");
  if (scope === undefined) return <span className="text-ink-faint">{t("no")}</span>;
  return <span className="font-medium">{permissionScopes[permission].length === 1 ? t("yes") : words(scope)}</span>;
}

interface GrantControlProps extends GrantedProps {
  readonly labelId: string;
  readonly onChange: (scope: Scope | undefined) => void;
}

const none = "none";

/** A box where there is one reach to give, a list where there are several. What is not one's own to give says so. */
function GrantControl({ permission, scope, labelId, onChange }: GrantControlProps) {
  const t = useTranslations("company.roles");
  const words = useTranslations("identity.scopes");
  const label = useTranslations("identity.permissions")(permission);
  const held = useMe().grants[permission];
  const possible: readonly Scope[] = permissionScopes[permission];
  const [only] = possible;
  if (held === undefined) return <span className="text-sm text-ink-faint">{t("notYours")}</span>;
  if (possible.length === 1) return <Checkbox aria-label={label} value={scope !== undefined} onChange={(isOn) => onChange(isOn ? only : undefined)} />;
  const options = possible.map((value) => ({ value, label: words(value), disabledReason: covers(held, value) ? undefined : t("notYours") }));
  return (
    <Select
      aria-label={label}
      aria-describedby={labelId}
      className="sm:w-44"
      options={[{ value: none, label: t("no") }, ...options]}
      value={scope ?? none}
      onChange={(chosen) => onChange(possible.find((value) => value === chosen))}
    />
  );
}
