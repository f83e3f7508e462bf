"use client";

import { SuspendCompany } from "@atrium/identity/contract";
import { Dialog, Form, FormField, Textarea, toast, useZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { FormActions } from "../../../../../components/form-actions.tsx";

interface SuspendDialogProps {
  readonly slug: string;
  readonly name: string;
  readonly onClose: () => void;
}

/** Says what suspending means, and asks why. */
export function SuspendDialog({ slug, name, onClose }: SuspendDialogProps) {
  const t = useTranslations("operator");
  const formId = useId();
  const { identity } = trpc.useUtils();
  const suspend = trpc.identity.operator.suspend.useMutation();
  const form = useZodForm({ schema: SuspendCompany, defaultValues: { slug, reason: "" } });
  const send = async (values: SuspendCompany): Promise<void> => {
    await suspend.mutateAsync(values);
    await identity.operator.invalidate();
    toast.success(t("suspended", { name }));
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("suspendTitle", { name })}
      description={t("suspendText")}
      footer={<FormActions formId={formId} label={t("suspend")} isSubmitting={form.formState.isSubmitting} isDangerous onCancel={onClose} />}
    >
      <Form form={form} onSubmit={send} id={formId}>
        <FormField control={form.control} name="reason" label={t("reason")}>
          {(field) => <Textarea {...field} rows={3} />}
        </FormField>
      </Form>
    </Dialog>
  );
}
