"use client";

import { Button, Dialog } from "@atrium/ui";
import { useTranslations } from "next-intl";

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** What happens then. */
  readonly text: string;
  /** The button that does it. */
  readonly act: string;
  readonly onConfirm: () => void;
}

/** Asks before something is gone. It closes at once, so that a proof of who one is can be asked for after it. */
export function ConfirmDialog({ open, onOpenChange, title, text, act, onConfirm }: ConfirmDialogProps) {
  const ui = useTranslations("ui");
  const confirm = (): void => {
    onOpenChange(false);
    onConfirm();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={text}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{ui("cancel")}</Button>
          <Button variant="danger" onClick={confirm}>
            {act}
          </Button>
        </>
      }
    />
  );
}
