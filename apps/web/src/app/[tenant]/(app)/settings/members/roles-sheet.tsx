"use client";

import type { MemberRow } from "@atrium/identity/contract";
import { Banner, Button, Sheet, toast } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { useMe } from "../../../../../components/frame/me.ts";
import { RoleChoices } from "./role-choices.tsx";
import { useHeldRoleName } from "./use-company-roles.ts";

/** Changes what one member may do. */
export function RolesSheet({ member, onClose }: { readonly member: MemberRow; readonly onClose: () => void }) {
  const t = useTranslations("identity.members");
  const ui = useTranslations("ui");
  const explain = useAppError();
  const [chosen, setChosen] = useState<readonly string[]>(member.roles);
  const change = useChangeRoles(onClose);
  return (
    <Sheet
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("changeRolesOf", { name: member.name })}
      description={t("rolesHint")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button
            variant="primary"
            isLoading={change.isPending}
            loadingLabel={t("saving")}
            disabledReason={chosen.length === 0 ? t("chooseOne") : undefined}
            onClick={() => change.mutate({ memberId: member.id, roles: [...chosen] })}
          >
            {t("save")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {change.error ? <Banner tone="danger" title={explain(change.error).message} /> : null}
        <RoleChoices chosen={chosen} onChange={setChosen} held={member.roles} />
      </div>
    </Sheet>
  );
}

function useChangeRoles(onSaved: () => void) {
  const t = useTranslations("identity.members");
  const nameOf = useHeldRoleName();
  const utils = trpc.useUtils();
  const router = useRouter();
  const me = useMe();
  return trpc.identity.members.changeRoles.useMutation({
    onSuccess: async ({ id, name, roles: given }) => {
      await utils.identity.members.list.invalidate();
      toast.success(t("saved", { name, roles: given.map(nameOf).join(", ") }));
      // One's own roles decide what the frame shows.
      if (id === me.member.id) router.refresh();
      onSaved();
    },
  });
}
