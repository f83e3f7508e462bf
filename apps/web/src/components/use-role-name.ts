"use client";

import { isRole, operatorRole } from "@atrium/kernel";
import { useTranslations } from "next-intl";
import { useCallback } from "react";

/** A role as the server names it: a built-in one by its id alone, one of the company's own with the name it gave. */
export interface NamedRole {
  readonly id: string;
  readonly name: string | null;
}

/** What people call a role. */
export function useRoleName(): (role: NamedRole) => string {
  const t = useTranslations("identity.roles");
  return useCallback(({ id, name }: NamedRole) => name ?? (isRole(id) || id === operatorRole ? t(id) : id), [t]);
}
