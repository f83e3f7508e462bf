"use client";

import { Banner, Button, Dialog, toast } from "@atrium/ui";
import { Copy, Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { saveFile } from "../../../../../client/download.ts";
import { useMe } from "../../../../../components/frame/me.ts";

interface RecoveryCodesDialogProps {
  readonly codes: readonly string[];
  readonly onClose: () => void;
}

/** Shows new recovery codes, this once, and helps to keep them. */
export function RecoveryCodesDialog({ codes, onClose }: RecoveryCodesDialogProps) {
  const t = useTranslations("account.recovery");
  const { tenant, member } = useMe();
  const [isWarned, setIsWarned] = useState(false);
  const text = [t("fileTitle", { company: tenant.name, email: member.email }), "", ...codes, ""].join("\n");
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(codes.join("\n"));
      toast.success(t("copied"));
    } catch {
      toast.error(t("notCopied"));
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        // They are never shown again: a slip of the hand does not put them away.
        if (!open) setIsWarned(true);
      }}
      title={t("newTitle")}
      description={t("newText")}
      footer={
        <>
          <Button icon={<Copy aria-hidden />} onClick={() => void copy()}>
            {t("copy")}
          </Button>
          <Button icon={<Download aria-hidden />} onClick={() => saveFile(new Blob([text], { type: "text/plain" }), `recovery-codes-${tenant.slug}.txt`)}>
            {t("download")}
          </Button>
          <Button variant="primary" onClick={onClose}>
            {t("kept")}
          </Button>
        </>
      }
    >
      {isWarned ? <Banner tone="attention" title={t("keepFirst")} className="mb-4" /> : null}
      <ul aria-label={t("title")} className="grid grid-cols-1 gap-x-6 gap-y-1.5 rounded-md bg-sunken p-4 font-mono sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code} className="whitespace-nowrap select-all">
            {code}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
