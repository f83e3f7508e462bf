"use client";

import type { ImportRecord } from "@atrium/people/contract";
import { Button, Dialog, toast } from "@atrium/ui";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { download } from "../../../../../../client/download.ts";
import { useTenantSlug } from "../../../../../../client/tenant-client.tsx";
import { useAppError } from "../../../../../../client/use-app-error.ts";
import { useImportActs } from "./use-import-acts.ts";

/** Takes the bad rows away as a file, or stops the import. */
export function ImportMenu({ record }: { readonly record: ImportRecord }) {
  const t = useTranslations("people.import");
  const slug = useTenantSlug();
  const explain = useAppError();
  const [isAsking, setIsAsking] = useState(false);
  const { id, badRows, status, headers, isForgotten } = record;
  const problems = () => download(`/${slug}/api/people/imports/${id}/problems`).catch((error: unknown) => toast.error(explain(error).message));
  const canCancel = status === "uploaded" || status === "checking" || status === "checked" || status === "committing";
  const hasProblems = !isForgotten && (badRows > 0 || (headers?.unknown.length ?? 0) > 0);
  return (
    <div className="flex flex-wrap gap-2">
      {canCancel ? <Button onClick={() => setIsAsking(true)}>{t("cancel")}</Button> : null}
      {hasProblems && status !== "checking" ? (
        <Button icon={<Download aria-hidden />} onClick={() => void problems()}>
          {t("download")}
        </Button>
      ) : null}
      <CancelDialog record={record} open={isAsking} onClose={() => setIsAsking(false)} />
    </div>
  );
}

interface CancelDialogProps {
  readonly record: ImportRecord;
  readonly open: boolean;
  readonly onClose: () => void;
}

function CancelDialog({ record, open, onClose }: CancelDialogProps) {
  const t = useTranslations("people.import");
  const { cancel } = useImportActs();
  const { id, status, mode } = record;
  const runningText = mode === "all-or-none" ? t("cancelAllText") : t("cancelRunningText");
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={t("cancelTitle")}
      description={status === "committing" ? runningText : t("cancelText")}
      footer={
        <>
          <Button onClick={onClose}>{t("keep")}</Button>
          <Button variant="danger" isLoading={cancel.isPending} onClick={() => cancel.mutate({ id }, { onSettled: onClose })}>
            {t("cancel")}
          </Button>
        </>
      }
    />
  );
}
