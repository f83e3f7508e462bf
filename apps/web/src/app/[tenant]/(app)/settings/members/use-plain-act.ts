"use client";

import type { MemberRow } from "@atrium/identity/contract";
import { toast } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { trpc } from "../../../../../client/trpc.ts";

/** An act that needs nothing but to be confirmed. */
export type PlainAct = "resend" | "withdraw" | "deactivate" | "reactivate";

/** Does one of the plain acts, and says that it is done. */
export function usePlainAct(act: PlainAct, member: MemberRow, onDone: () => void) {
  const t = useTranslations("identity.members");
  const utils = trpc.useUtils();
  const options = {
    onSuccess: async () => {
      await utils.identity.members.list.invalidate();
      toast.success(t(`done.${act}`, { name: member.name }));
      onDone();
    },
  };
  const { members } = trpc.identity;
  const acts = {
    resend: members.resendInvitation.useMutation(options),
    withdraw: members.withdrawInvitation.useMutation(options),
    deactivate: members.deactivate.useMutation(options),
    reactivate: members.reactivate.useMutation(options),
  };
  const { mutate, isPending, error } = acts[act];
  return { isPending, error, run: () => mutate({ memberId: member.id }) };
}
