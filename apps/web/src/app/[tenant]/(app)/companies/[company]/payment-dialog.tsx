"use client";

import { paymentMethods, RecordCompanyPayment } from "@atrium/billing/contract";
import type { InvoiceSummary } from "@atrium/billing/contract";
import { isPlainDate } from "@atrium/kernel";
import { Dialog, Form, FormField, Input, Select, Textarea, toast, useZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useId, useMemo } from "react";
import { z } from "zod";
import { rupeesField, rupeesText } from "../../../../../client/rupees.ts";
import { trpc } from "../../../../../client/trpc.ts";
import { useWordedSchema } from "../../../../../client/use-worded-schema.ts";
import { FormActions } from "../../../../../components/form-actions.tsx";

interface PaymentDialogProps {
  readonly slug: string;
  readonly invoice: InvoiceSummary;
  readonly onClose: () => void;
}

/** What the fields hold, read into what the door takes, and what is wrong with it in words. */
function usePaymentSchema(): z.ZodType<RecordCompanyPayment> {
  const t = useTranslations("operator.unpaid");
  return useMemo(() => {
    const text = (least: number, most: number, error: string) => z.string().trim().min(least, { error }).max(most, { error });
    return RecordCompanyPayment.extend({
      amountMinor: rupeesField(t("amountInvalid")).refine((paise) => paise > 0, { error: t("amountInvalid") }),
      paidOn: z.string().refine(isPlainDate, { error: t("paidOnInvalid") }),
      reference: text(3, 64, t("referenceInvalid")),
      reason: text(1, 500, t("noteInvalid")),
    });
  }, [t]);
}

type Typed = Readonly<Record<"slug" | "invoiceNumber" | "amountMinor" | "paidOn" | "method" | "reference" | "reason", string>>;

/** Writes down money that has arrived for an invoice. */
export function PaymentDialog({ slug, invoice: { number, openMinor }, onClose }: PaymentDialogProps) {
  const t = useTranslations("operator.unpaid");
  const formId = useId();
  const { billing } = trpc.useUtils();
  const record = trpc.billing.console.recordPayment.useMutation();
  const typed = usePaymentSchema();
  const form = useZodForm({
    schema: useWordedSchema<RecordCompanyPayment, Typed>(typed),
    defaultValues: { slug, invoiceNumber: number, amountMinor: rupeesText(openMinor), paidOn: "", method: "bank-transfer", reference: "", reason: "" },
  });
  const send = async (values: RecordCompanyPayment): Promise<void> => {
    await record.mutateAsync(values);
    await billing.console.invalidate();
    toast.success(t("recorded", { number }));
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("recordTitle", { number })}
      description={t("recordText")}
      footer={<FormActions formId={formId} label={t("record")} loadingLabel={t("recording")} isSubmitting={form.formState.isSubmitting} onCancel={onClose} />}
    >
      <Form form={form} onSubmit={send} id={formId}>
        <FormField control={form.control} name="amountMinor" label={t("amount")}>
          {(field) => <Input {...field} inputMode="decimal" autoComplete="off" unit="₹" />}
        </FormField>
        <FormField control={form.control} name="paidOn" label={t("paidOn")}>
          {(field) => <Input {...field} type="date" />}
        </FormField>
        <FormField control={form.control} name="method" label={t("method")}>
          {(field) => <Select {...field} options={paymentMethods.map((value) => ({ value, label: t(`methods.${value}`) }))} />}
        </FormField>
        <FormField control={form.control} name="reference" label={t("reference")} help={t("referenceHelp")}>
          {(field) => <Input {...field} autoComplete="off" />}
        </FormField>
        <FormField control={form.control} name="reason" label={t("note")}>
          {(field) => <Textarea {...field} rows={2} />}
        </FormField>
      </Form>
    </Dialog>
  );
}
