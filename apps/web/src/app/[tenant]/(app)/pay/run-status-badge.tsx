import type { RunSummary } from "@atrium/payroll/contract";
import { StatusBadge } from "@atrium/ui";
import type { Tone } from "@atrium/ui";
import { useTranslations } from "next-intl";

const tones: Readonly<Record<RunSummary["status"], Tone>> = {
  queued: "info",
  computing: "info",
  computed: "attention",
  approved: "info",
  publishing: "info",
  published: "good",
  failed: "danger",
  cancelled: "neutral",
};

/** Where a month's pay stands, in a word. */
export function RunStatusBadge({ run }: { readonly run: Pick<RunSummary, "status" | "failure"> | null }) {
  const t = useTranslations("payroll.statuses");
  if (run === null) return <StatusBadge>{t("none")}</StatusBadge>;
  if (run.failure !== null) return <StatusBadge tone="danger">{t("failed")}</StatusBadge>;
  return <StatusBadge tone={tones[run.status]}>{t(run.status)}</StatusBadge>;
}
