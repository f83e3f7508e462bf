"use client";

import type { MemberRow } from "@atrium/identity/contract";
import { Banner, Button, Dialog } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { usePlainAct } from "./use-plain-act.ts";
import type { PlainAct } from "./use-plain-act.ts";

interface ActDialogProps {
  readonly act: PlainAct;
  readonly member: MemberRow;
  readonly onClose: () => void;
}

/** Says what an act means for the member, and asks. It stays until the act is done, and says why when it is not. */
export function ActDialog({ act, member, onClose }: ActDialogProps) {
  const t = useTranslations("identity.members");
  const ui = useTranslations("ui");
  const explain = useAppError();
  const { run, isPending, error } = usePlainAct(act, member, onClose);
  const isDanger = act === "withdraw" || act === "deactivate";
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(`confirm.${act}.title`, { name: member.name })}
      description={t(`confirm.${act}.text`, { email: member.email })}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button variant={isDanger ? "danger" : "primary"} isLoading={isPending} onClick={run}>
            {t(`acts.${act}`)}
          </Button>
        </>
      }
    >
      {error ? <Banner tone="danger" title={explain(error).message} /> : undefined}
    </Dialog>
  );
}
