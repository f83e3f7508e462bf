"use client";

import { EmployeeFields as EmployeeSchema } from "@atrium/people/contract";
import type { EmployeeFields as Fields, EmployeeRecord } from "@atrium/people/contract";
import { Banner, Button, Form, Sheet, toast, useZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { refusalOf } from "../../../../../client/refusals.ts";
import { trpc } from "../../../../../client/trpc.ts";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { useWordedSchema } from "../../../../../client/use-worded-schema.ts";
import { EmployeeFields } from "../employee-fields.tsx";
import type { EmployeeValues } from "../employee-fields.tsx";

/** Changes a person's record beside the page. What is masked stays as it is unless something is written in its place. */
export function EditEmployeeSheet({ employee, onClose }: { readonly employee: EmployeeRecord; readonly onClose: () => void }) {
  const t = useTranslations("people.form");
  const ui = useTranslations("ui");
  const formId = useId();
  const form = useZodForm({ schema: useWordedSchema<Fields, EmployeeValues>(EmployeeSchema), defaultValues: valuesOf(employee) });
  // Read while rendering: react-hook-form tracks what is read and nothing else.
  const { dirtyFields, isDirty, isSubmitting } = form.formState;
  const { save, conflict } = useSave(employee, onClose);
  const [isLosing, setIsLosing] = useState(false);
  const close = (): void => {
    if (isDirty && !isLosing) setIsLosing(true);
    else onClose();
  };
  return (
    <Sheet
      open
      size="lg"
      onOpenChange={close}
      title={t("editTitle", { name: employee.fullName })}
      footer={
        <>
          <Button onClick={close}>{ui("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" isLoading={isSubmitting} loadingLabel={t("saving")}>
            {t("save")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pb-2">
        {isLosing ? <LosingBanner onStay={() => setIsLosing(false)} onLeave={onClose} /> : null}
        {conflict}
        <Form id={formId} form={form} onSubmit={(values) => save(changesOf(values, Object.keys(dirtyFields)))} className="max-w-none">
          <EmployeeFields form={form} current={employee} />
        </Form>
      </div>
    </Sheet>
  );
}

/** Asked within the sheet: a dialog over it would be a modal over a modal. */
function LosingBanner({ onStay, onLeave }: { readonly onStay: () => void; readonly onLeave: () => void }) {
  const t = useTranslations("people.form");
  return (
    <Banner
      tone="attention"
      title={t("leaveTitle")}
      action={
        <span className="flex gap-2">
          <Button onClick={onStay}>{t("stay")}</Button>
          <Button variant="danger" onClick={onLeave}>
            {t("leave")}
          </Button>
        </span>
      }
    >
      {t("leaveText")}
    </Banner>
  );
}

function useSave({ id, version, fullName }: EmployeeRecord, onClose: () => void) {
  const t = useTranslations("people.form");
  const explain = useAppError();
  const utils = trpc.useUtils();
  const update = trpc.people.employee.update.useMutation();
  const save = async (changes: Partial<Fields>): Promise<void> => {
    const saved = await update.mutateAsync({ id, version, changes });
    await utils.people.invalidate();
    toast.success(saved.version === version ? t("unchanged") : t("saved", { name: changes.fullName ?? fullName }));
    onClose();
  };
  const reload = async (): Promise<void> => {
    await utils.people.employee.get.invalidate({ id });
    onClose();
  };
  const isConflict = refusalOf(update.error)?.code === "people/employee-changed";
  const conflict = isConflict ? (
    <Banner tone="attention" title={explain(update.error).message} action={<Button onClick={() => void reload()}>{t("conflictReload")}</Button>} />
  ) : null;
  return { save, conflict };
}

/** Only what was touched is sent, so that two people who change different fields do not undo each other. */
function changesOf(values: Fields, touched: readonly string[]): Partial<Fields> {
  return Object.fromEntries(Object.entries(values).filter(([field]) => touched.includes(field)));
}

function valuesOf(employee: EmployeeRecord): EmployeeValues {
  const { code, fullName, email, phone, gender, dateOfBirth, joinedOn, leftOn, designation, department, location, manager, bankIfsc } = employee;
  return {
    code, fullName, joinedOn,
    email: email ?? "", phone: phone ?? "", gender: gender ?? "undisclosed", dateOfBirth: dateOfBirth ?? "", leftOn: leftOn ?? "",
    designation: designation ?? "", departmentId: department.id, locationId: location.id, managerId: manager?.id ?? "",
    pan: "", uan: "", aadhaar: "", bankAccount: "", bankIfsc: bankIfsc ?? "",
  };
}
