"use client";

import { RenameHoliday } from "@atrium/time/contract";
import type { Holiday } from "@atrium/time/contract";
import { Button, Dialog, Form, FormField, Input, toast, useZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { useWordedSchema } from "../../../../../client/use-worded-schema.ts";

/** Gives a holiday another name. */
export function RenameDialog({ holiday: { id, name }, onClose }: { readonly holiday: Holiday; readonly onClose: () => void }) {
  const t = useTranslations("time.calendar");
  const ui = useTranslations("ui");
  const formId = useId();
  const utils = trpc.useUtils();
  const rename = trpc.time.calendar.rename.useMutation();
  const form = useZodForm({ schema: useWordedSchema<RenameHoliday, RenameHoliday>(RenameHoliday), defaultValues: { id, name } });
  const submit = async (values: RenameHoliday): Promise<void> => {
    await rename.mutateAsync(values);
    await utils.time.calendar.invalidate();
    toast.success(t("renamed", { name: values.name }));
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("renameTitle")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" isLoading={form.formState.isSubmitting} loadingLabel={t("saving")}>
            {t("save")}
          </Button>
        </>
      }
    >
      <Form form={form} id={formId} onSubmit={submit}>
        <FormField control={form.control} name="name" label={t("name")}>
          {(field) => <Input {...field} autoComplete="off" />}
        </FormField>
      </Form>
    </Dialog>
  );
}
