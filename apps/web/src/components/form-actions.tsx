"use client";

import { Button } from "@atrium/ui";
import { useTranslations } from "next-intl";

interface FormActionsProps {
  /** The form that is sent. */
  readonly formId: string;
  readonly label: string;
  readonly loadingLabel?: string;
  readonly isSubmitting: boolean;
  readonly isDangerous?: boolean;
  readonly onCancel: () => void;
}

/** The foot of a dialog that holds a form: leave it, or send it. */
export function FormActions({ formId, label, loadingLabel, isSubmitting, isDangerous = false, onCancel }: FormActionsProps) {
  const ui = useTranslations("ui");
  return (
    <>
      <Button onClick={onCancel}>{ui("cancel")}</Button>
      <Button type="submit" form={formId} variant={isDangerous ? "danger" : "primary"} isLoading={isSubmitting} {...(loadingLabel !== undefined && { loadingLabel })}>
        {label}
      </Button>
    </>
  );
}
