"use client";

import { Dialog, ErrorState, SkeletonText } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { settleProof, useIsProofWanted } from "../../client/step-up.ts";
import { trpc } from "../../client/trpc.ts";
import { useAppError } from "../../client/use-app-error.ts";
import { ProofForm } from "./proof-form.tsx";

/** Asks for a fresh proof of who the person is, whenever a call waits for one. What stands behind it stays as it is. */
export function StepUpDialog({ slug }: { readonly slug: string }) {
  const t = useTranslations("account.stepUp");
  const isWanted = useIsProofWanted();
  return (
    <Dialog
      open={isWanted}
      onOpenChange={(open) => {
        if (!open) settleProof("cancelled");
      }}
      title={t("title")}
      description={t("text")}
    >
      {isWanted ? <Proof slug={slug} /> : null}
    </Dialog>
  );
}

function Proof({ slug }: { readonly slug: string }) {
  const t = useTranslations("common");
  const explain = useAppError();
  const proofs = trpc.identity.mfa.mine.useQuery(undefined, { staleTime: 0 });
  if (proofs.error) return <ErrorState title={t("error.notLoaded")} message={explain(proofs.error).message} onRetry={() => void proofs.refetch()} retryLabel={t("tryAgain")} />;
  if (!proofs.data) return <SkeletonText lines={4} />;
  return <ProofForm slug={slug} proofs={proofs.data} />;
}
