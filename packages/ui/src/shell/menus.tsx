"use client";

import { ChevronsUpDown } from "lucide-react";
import type { ComponentPropsWithRef } from "react";
import { Avatar } from "../avatar.tsx";
import { classNames } from "../class-names.ts";
import { DropdownMenu } from "../menu.tsx";
import { useUi } from "../ui-provider.tsx";
import type { ShellPerson, ShellTenant } from "./types.ts";

interface FaceProps extends ComponentPropsWithRef<"button"> {
  readonly name: string;
  readonly detail?: string | undefined;
  readonly shape: "person" | "company";
  readonly isCollapsed: boolean;
  /** What pressing it opens, for a screen reader. */
  readonly purpose: string;
}

/** The company's name; a switcher when there is more than one. */
export function TenantMenu({ tenant, isCollapsed }: { readonly tenant: ShellTenant; readonly isCollapsed: boolean }) {
  const { t } = useUi();
  const items = tenant.items ?? [];
  if (items.length < 2) {
    return (
      <div className={classNames("flex min-w-0 items-center gap-2 px-1 py-1", isCollapsed && "justify-center")}>
        <Avatar name={tenant.name} shape="company" size="sm" />
        <Words name={tenant.name} detail={tenant.detail} isCollapsed={isCollapsed} />
      </div>
    );
  }
  return (
    <DropdownMenu
      align="start"
      heading={t("companies")}
      items={items}
      trigger={<Face name={tenant.name} detail={tenant.detail} shape="company" isCollapsed={isCollapsed} purpose={t("companies")} />}
    />
  );
}

/** The person who is signed in, and what concerns them alone. */
export function PersonMenu({ person, isCollapsed }: { readonly person: ShellPerson; readonly isCollapsed: boolean }) {
  const { t } = useUi();
  return (
    <DropdownMenu
      align="start"
      heading={person.detail ?? person.name}
      items={person.items}
      trigger={<Face name={person.name} detail={person.detail} shape="person" isCollapsed={isCollapsed} purpose={t("account")} />}
    >
      {person.menuExtra}
    </DropdownMenu>
  );
}

function Face({ name, detail, shape, isCollapsed, purpose, ...rest }: FaceProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(
        "flex w-full min-w-0 items-center gap-2 rounded-lg px-1 py-1 text-left transition-colors hover:bg-sunken data-[state=open]:bg-sunken",
        isCollapsed && "w-auto justify-center",
      )}
    >
      <Avatar name={name} shape={shape} size="sm" />
      <span className="sr-only">{purpose}: </span>
      <Words name={name} detail={detail} isCollapsed={isCollapsed} />
      {isCollapsed ? null : <ChevronsUpDown aria-hidden className="ml-auto size-4 shrink-0 text-ink-faint" />}
    </button>
  );
}

function Words({ name, detail, isCollapsed }: { readonly name: string; readonly detail?: string | undefined; readonly isCollapsed: boolean }) {
  if (isCollapsed) return <span className="sr-only">{name}</span>;
  return (
    <span className="flex min-w-0 flex-col leading-tight">
      <span className="truncate font-semibold">{name}</span>
      {detail === undefined ? null : <span className="truncate text-xs text-ink-soft">{detail}</span>}
    </span>
  );
}
