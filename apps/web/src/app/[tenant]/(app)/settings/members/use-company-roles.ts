"use client";

import { useCallback } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { useGrant } from "../../../../../components/frame/me.ts";
import { useRoleName } from "../../../../../components/use-role-name.ts";

/** The roles of the company, its own among them; nothing for somebody who may not read them. */
export function useCompanyRoles() {
  const canRead = useGrant("roles:read") !== undefined;
  return trpc.identity.roles.list.useQuery(undefined, { enabled: canRead });
}

/** What people call a role of which a member's row has only the id. */
export function useHeldRoleName(): (id: string) => string {
  const nameOf = useRoleName();
  const { data } = useCompanyRoles();
  return useCallback((id: string) => nameOf(data?.find((role) => role.id === id) ?? { id, name: null }), [nameOf, data]);
}
