"use client";

import { DeleteCompany } from "@atrium/identity/contract";
import type { Company } from "@atrium/identity/contract";
import { Button, Dialog, Form, FormField, Input, Textarea, useZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { useWordedSchema } from "../../../../../client/use-worded-schema.ts";

const empty = { slug: "", reason: "" };

/** Asks for the address name by hand, so that nobody deletes a company by a slip. */
export function DeleteDialog({ company: { slug, name }, onClose }: { readonly company: Company; readonly onClose: () => void }) {
  const t = useTranslations("company.settings");
  const formId = useId();
  const [isLeaving, setIsLeaving] = useState(false);
  const remove = trpc.identity.company.delete.useMutation();
  const form = useZodForm({ schema: useWordedSchema<DeleteCompany, typeof empty>(DeleteCompany), defaultValues: empty });
  const typed = form.watch("slug").trim();
  const submit = async (values: DeleteCompany): Promise<void> => {
    await remove.mutateAsync(values);
    setIsLeaving(true);
    window.location.assign("/");
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("deleteQuestion", { name })}
      description={t("deleteText")}
      footer={
        <>
          <Button onClick={onClose}>{t("keep")}</Button>
          <Button
            type="submit"
            form={formId}
            variant="danger"
            isLoading={form.formState.isSubmitting || isLeaving}
            loadingLabel={t("deleting")}
            disabledReason={typed === slug ? undefined : t("notSame")}
          >
            {t("deleteNow")}
          </Button>
        </>
      }
    >
      <Form form={form} id={formId} onSubmit={submit}>
        <FormField control={form.control} name="slug" label={t("typeSlug", { slug })}>
          {(field) => <Input {...field} autoCapitalize="none" autoComplete="off" spellCheck={false} />}
        </FormField>
        <FormField control={form.control} name="reason" label={t("reasonLabel")} isRequired={false}>
          {(field) => <Textarea {...field} />}
        </FormField>
      </Form>
    </Dialog>
  );
}
