"use client";

import type { MemberRow } from "@atrium/identity/contract";
import { roles } from "@atrium/kernel";
import type { Role } from "@atrium/kernel";
import { Banner, Button, Checkbox, Sheet, toast } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { useMe } from "../../../../../components/frame/me.ts";

/** Changes what one member may do. */
export function RolesSheet({ member, onClose }: { readonly member: MemberRow; readonly onClose: () => void }) {
  const t = useTranslations("identity.members");
  const ui = useTranslations("ui");
  const explain = useAppError();
  const [chosen, setChosen] = useState<readonly Role[]>(member.roles);
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
        <RoleChoices chosen={chosen} onChange={setChosen} />
      </div>
    </Sheet>
  );
}

function useChangeRoles(onSaved: () => void) {
  const t = useTranslations("identity.members");
  const role = useTranslations("identity.roles");
  const utils = trpc.useUtils();
  const router = useRouter();
  const me = useMe();
  return trpc.identity.members.changeRoles.useMutation({
    onSuccess: async ({ id, name, roles: given }) => {
      await utils.identity.members.list.invalidate();
      toast.success(t("saved", { name, roles: given.map((held) => role(held)).join(", ") }));
      // One's own roles decide what the frame shows.
      if (id === me.member.id) router.refresh();
      onSaved();
    },
  });
}

function RoleChoices({ chosen, onChange }: { readonly chosen: readonly Role[]; readonly onChange: (roles: readonly Role[]) => void }) {
  const t = useTranslations("identity.members");
  const name = useTranslations("identity.roles");
  const text = useTranslations("identity.roleTexts");
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 font-medium">{t("roles")}</legend>
      {roles.map((role) => (
        <div key={role}>
          <Checkbox
            label={name(role)}
            value={chosen.includes(role)}
            onChange={(isOn) => onChange(isOn ? [...chosen, role] : chosen.filter((held) => held !== role))}
          />
          <p className="pl-7.5 text-sm text-ink-soft">{text(role)}</p>
        </div>
      ))}
    </fieldset>
  );
}
