"use client";

import type { CreateRole, RoleRow } from "@atrium/identity/contract";
import { toast } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { trpc } from "../../../../../client/trpc.ts";

/** Makes or changes a role, and removes it. What everybody may do is asked anew afterwards. */
export function useRoleActs(role: RoleRow | undefined, onDone: () => void) {
  const t = useTranslations("company.roles");
  const utils = trpc.useUtils();
  const router = useRouter();
  const create = trpc.identity.roles.create.useMutation();
  const update = trpc.identity.roles.update.useMutation();
  const finish = async (said: string): Promise<void> => {
    await utils.identity.invalidate();
    toast.success(said);
    // One may hold the role oneself: it decides what the frame shows.
    router.refresh();
    onDone();
  };
  const save = async (values: CreateRole): Promise<void> => {
    if (role === undefined) {
      await create.mutateAsync(values);
      return finish(t("created", { name: values.name }));
    }
    await update.mutateAsync({ ...values, id: role.id, version: role.version });
    return finish(t("saved", { name: values.name }));
  };
  const remove = trpc.identity.roles.remove.useMutation({ onSuccess: () => finish(t("removed", { name: role?.name ?? "" })) });
  return { save, remove };
}
