"use client";

import { AddDepartment, AddLocation, states } from "@atrium/people/contract";
import { Button, Form, FormField, Input, Select, toast, useZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { trpc } from "../../../../../client/trpc.ts";
import { useWordedSchema } from "../../../../../client/use-worded-schema.ts";
import { useStateName } from "./use-state-name.ts";

const newDepartment = { name: "" };
const newLocation = { name: "", state: "" };

export function AddDepartmentForm() {
  const t = useTranslations("people.organisation");
  const utils = trpc.useUtils();
  const add = trpc.people.organisation.addDepartment.useMutation();
  const form = useZodForm({ schema: useWordedSchema<AddDepartment, typeof newDepartment>(AddDepartment), defaultValues: newDepartment });
  const submit = async (values: AddDepartment): Promise<void> => {
    await add.mutateAsync(values);
    // Before the list is there: by then somebody quick has typed the next one.
    form.reset(newDepartment);
    toast.success(t("departmentAdded", { name: values.name }));
    await utils.people.organisation.invalidate();
  };
  return (
    <Form form={form} onSubmit={submit}>
      <FormField control={form.control} name="name" label={t("newDepartment")}>
        {(field) => <Input {...field} autoComplete="off" />}
      </FormField>
      <AddButton isLoading={form.formState.isSubmitting} />
    </Form>
  );
}

export function AddLocationForm() {
  const t = useTranslations("people.organisation");
  const stateName = useStateName();
  const utils = trpc.useUtils();
  const add = trpc.people.organisation.addLocation.useMutation();
  const form = useZodForm({ schema: useWordedSchema<AddLocation, typeof newLocation>(AddLocation), defaultValues: newLocation });
  const submit = async (values: AddLocation): Promise<void> => {
    await add.mutateAsync(values);
    form.reset(newLocation);
    toast.success(t("locationAdded", { name: values.name }));
    await utils.people.organisation.invalidate();
  };
  const options = states.map((value) => ({ value, label: stateName(value) })).sort((a, b) => a.label.localeCompare(b.label));
  return (
    <Form form={form} onSubmit={submit}>
      <FormField control={form.control} name="name" label={t("newLocation")}>
        {(field) => <Input {...field} autoComplete="off" />}
      </FormField>
      <FormField control={form.control} name="state" label={t("state")} help={t("stateHelp")}>
        {(field) => <Select {...field} placeholder={t("choose")} options={options} />}
      </FormField>
      <AddButton isLoading={form.formState.isSubmitting} />
    </Form>
  );
}

function AddButton({ isLoading }: { readonly isLoading: boolean }) {
  const t = useTranslations("people.organisation");
  return (
    <div>
      <Button type="submit" isLoading={isLoading} loadingLabel={t("adding")}>
        {t("add")}
      </Button>
    </div>
  );
}
