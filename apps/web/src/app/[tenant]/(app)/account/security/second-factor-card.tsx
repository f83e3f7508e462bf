"use client";

import { fewRecoveryCodes } from "@atrium/identity/contract";
import type { MyProofs } from "@atrium/identity/contract";
import { Banner, Button, Card, SkeletonText, StatusBadge, TimeText, toast } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ReactNode } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { ConfirmDialog } from "../../../../../components/confirm-dialog.tsx";
import { useMe } from "../../../../../components/frame/me.ts";
import { QueryError } from "../../../../../components/query-error.tsx";
import { AuthenticatorDialog } from "./authenticator-dialog.tsx";
import { RecoveryCodesDialog } from "./recovery-codes.tsx";
import { useProofsChanged } from "./use-proofs-changed.ts";

/** The authenticator app, and the codes that stand in for it. */
export function SecondFactorCard() {
  const t = useTranslations("account.app");
  const proofs = trpc.identity.mfa.mine.useQuery();
  return (
    <Card title={t("title")} description={t("text")}>
      {proofs.error ? <QueryError error={proofs.error} onRetry={() => void proofs.refetch()} /> : null}
      {proofs.data ? <Factor proofs={proofs.data} /> : null}
      {proofs.isPending ? <SkeletonText lines={3} /> : null}
    </Card>
  );
}

function Factor({ proofs }: { readonly proofs: MyProofs }) {
  const { authenticatorSince, kinds } = proofs;
  return (
    <div className="flex flex-col gap-4">
      {authenticatorSince === null ? <SetUp /> : <SetUpSince since={authenticatorSince} isNeeded={proofs.isRequired && !kinds.includes("passkey")} />}
      {kinds.length === 0 ? null : <RecoveryCodes left={proofs.recoveryCodesLeft} />}
    </div>
  );
}

/** One line of a card: what it is, and what can be done about it. */
function Line({ children, action }: { readonly children: ReactNode; readonly action: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <div className="min-w-0">{children}</div>
      {action}
    </div>
  );
}

function SetUp() {
  const t = useTranslations("account.app");
  const explain = useAppError();
  // Asked for before the dialog opens, so that the proof this needs is not asked for over it.
  const offer = trpc.identity.mfa.offerAuthenticator.useMutation();
  return (
    <>
      {offer.error ? <Banner tone="danger" title={explain(offer.error).message} /> : null}
      <Line
        action={
          <Button variant="primary" isLoading={offer.isPending} onClick={() => offer.mutate()}>
            {t("setUp")}
          </Button>
        }
      >
        <StatusBadge>{t("none")}</StatusBadge>
      </Line>
      {offer.data ? <AuthenticatorDialog offer={offer.data} onClose={() => offer.reset()} /> : null}
    </>
  );
}

/** @param isNeeded the company asks for a second factor, and this is the only one */
function SetUpSince({ since, isNeeded }: { readonly since: string; readonly isNeeded: boolean }) {
  const t = useTranslations("account.app");
  const explain = useAppError();
  const { tenant } = useMe();
  const [isAsking, setIsAsking] = useState(false);
  const changed = useProofsChanged();
  const remove = trpc.identity.mfa.removeAuthenticator.useMutation({
    onSuccess: async () => {
      await changed();
      toast.success(t("removed"));
    },
  });
  return (
    <>
      {remove.error ? <Banner tone="danger" title={explain(remove.error).message} /> : null}
      <Line
        action={
          <Button isLoading={remove.isPending} disabledReason={isNeeded ? t("needed") : undefined} onClick={() => setIsAsking(true)}>
            {t("remove")}
          </Button>
        }
      >
        <StatusBadge tone="good">{t("on")}</StatusBadge>{" "}
        <span className="text-ink-soft">{t.rich("since", { when: () => <TimeText instant={since} timeZone={tenant.timeZone} /> })}</span>
      </Line>
      <ConfirmDialog open={isAsking} onOpenChange={setIsAsking} title={t("removeTitle")} text={t("removeText")} act={t("remove")} onConfirm={() => remove.mutate()} />
    </>
  );
}

function RecoveryCodes({ left }: { readonly left: number }) {
  const t = useTranslations("account.recovery");
  const explain = useAppError();
  const [isAsking, setIsAsking] = useState(false);
  const changed = useProofsChanged();
  const renew = trpc.identity.mfa.renewRecoveryCodes.useMutation({ onSuccess: changed });
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-4">
      {renew.error ? <Banner tone="danger" title={explain(renew.error).message} /> : null}
      {left <= fewRecoveryCodes ? <Banner tone="attention" title={t("few", { left })} /> : null}
      <Line
        action={
          <Button isLoading={renew.isPending} onClick={() => setIsAsking(true)}>
            {t("renew")}
          </Button>
        }
      >
        <h3 className="font-medium">{t("title")}</h3>
        <p className="text-sm text-ink-soft">{t("left", { left })}</p>
      </Line>
      <ConfirmDialog open={isAsking} onOpenChange={setIsAsking} title={t("renewTitle")} text={t("renewText")} act={t("renew")} onConfirm={() => renew.mutate()} />
      {renew.data ? <RecoveryCodesDialog codes={renew.data.recoveryCodes} onClose={() => renew.reset()} /> : null}
    </div>
  );
}
