"use client";

import { OverrideCompany } from "@atrium/billing/contract";
import type { ConsoleCompany } from "@atrium/billing/contract";
import { Dialog, Form, FormField, Input, Select, Textarea, toast, useZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { z } from "zod";
import { trpc } from "../../../../../client/trpc.ts";
import { useWordedSchema } from "../../../../../client/use-worded-schema.ts";
import { FormActions } from "../../../../../components/form-actions.tsx";

interface OverrideDialogProps {
  readonly company: ConsoleCompany;
  readonly onClose: () => void;
}

const hour = 60;
const day = 24 * hour;
const lengths = [hour, 2 * hour, 8 * hour, day, 3 * day, 7 * day, 30 * day];
const untilCleared = "open";

const typedCount = (schema: z.ZodType<number | undefined>) => z.preprocess((text) => (text === "" ? undefined : Number(String(text).replaceAll(",", ""))), schema);
/** What the fields hold, read into what the door takes. */
const TypedOverride: z.ZodType<OverrideCompany> = OverrideCompany.extend({
  perMinute: typedCount(OverrideCompany.shape.perMinute),
  perHour: typedCount(OverrideCompany.shape.perHour),
  minutes: z.preprocess((chosen) => (chosen === untilCleared ? null : Number(chosen)), OverrideCompany.shape.minutes),
});

type Typed = Readonly<Record<"slug" | "perMinute" | "perHour" | "minutes" | "reason", string>>;

/** Sets a company's limits for a while. */
export function OverrideDialog({ company: { slug, name, limits, planLimits }, onClose }: OverrideDialogProps) {
  const t = useTranslations("operator.override");
  const formId = useId();
  const { billing } = trpc.useUtils();
  const set = trpc.billing.console.setOverride.useMutation();
  const form = useZodForm({
    schema: useWordedSchema<OverrideCompany, Typed>(TypedOverride),
    defaultValues: { slug, perMinute: "", perHour: "", minutes: String(2 * hour), reason: "" },
  });
  const send = async (values: OverrideCompany): Promise<void> => {
    await set.mutateAsync(values);
    await billing.console.invalidate();
    toast.success(t("isSet", { name }));
    onClose();
  };
  const wordsOf = (minutes: number): string => (minutes < day ? t("hours", { count: minutes / hour }) : t("days", { count: minutes / day }));
  const options = [...lengths.map((minutes) => ({ value: String(minutes), label: wordsOf(minutes) })), { value: untilCleared, label: t("open") }];
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("setTitle", { name })}
      description={t("setText")}
      footer={<FormActions formId={formId} label={t("set")} loadingLabel={t("setting")} isSubmitting={form.formState.isSubmitting} onCancel={onClose} />}
    >
      <Form form={form} onSubmit={send} id={formId}>
        <FormField control={form.control} name="perMinute" label={t("perMinute")} help={t("emptyIs", { now: limits.perMinute, plan: planLimits.perMinute })}>
          {(field) => <Input {...field} inputMode="numeric" autoComplete="off" />}
        </FormField>
        <FormField control={form.control} name="perHour" label={t("perHour")} help={t("emptyIs", { now: limits.perHour, plan: planLimits.perHour })}>
          {(field) => <Input {...field} inputMode="numeric" autoComplete="off" />}
        </FormField>
        <FormField control={form.control} name="minutes" label={t("length")}>
          {(field) => <Select {...field} options={options} />}
        </FormField>
        <FormField control={form.control} name="reason" label={t("reason")} help={t("reasonHelp")}>
          {(field) => <Textarea {...field} rows={3} />}
        </FormField>
      </Form>
    </Dialog>
  );
}
