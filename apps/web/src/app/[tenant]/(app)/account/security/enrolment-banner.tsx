"use client";

import { Banner, Button } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { askForProof } from "../../../../../client/step-up.ts";
import { trpc } from "../../../../../client/trpc.ts";
import { useMe } from "../../../../../components/frame/me.ts";

/** Says why somebody was led here, where the company asks for a second factor; and how to go on once there is one. */
export function EnrolmentBanner({ next }: { readonly next: string }) {
  const t = useTranslations("account.enrolment");
  const { obstacle, tenant } = useMe();
  const proofs = trpc.identity.mfa.mine.useQuery();
  if (obstacle !== "enrolling" || !proofs.data) return null;
  const { isStrong, kinds } = proofs.data;
  // The page was loaded before the factor was there: what follows is loaded anew.
  if (isStrong) return <Banner title={t("done")} action={<Button variant="primary" onClick={() => window.location.assign(next)}>{t("goOn")}</Button>} />;
  const confirm = async (): Promise<void> => {
    if ((await askForProof()) === "proved") window.location.assign(next);
  };
  const title = t("title", { company: tenant.name });
  if (kinds.length === 0) return <Banner tone="attention" title={title}>{t("text")}</Banner>;
  return (
    <Banner tone="attention" title={title} action={<Button variant="primary" onClick={() => void confirm()}>{t("confirm")}</Button>}>
      {t("confirmText")}
    </Banner>
  );
}
