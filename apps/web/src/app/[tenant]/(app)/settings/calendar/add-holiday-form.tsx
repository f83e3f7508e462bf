"use client";

import { AddHoliday, holidayKinds } from "@atrium/time/contract";
import { Button, Form, FormField, Input, RadioGroup, toast, useZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { trpc } from "../../../../../client/trpc.ts";
import { useWordedSchema } from "../../../../../client/use-worded-schema.ts";

const empty = { day: "", name: "", kind: "public" };

/** Adds a holiday to the year in sight. */
export function AddHolidayForm({ year }: { readonly year: number }) {
  const t = useTranslations("time.calendar");
  const utils = trpc.useUtils();
  const add = trpc.time.calendar.add.useMutation();
  const form = useZodForm({ schema: useWordedSchema<AddHoliday, typeof empty>(AddHoliday), defaultValues: empty });
  const submit = async (values: AddHoliday): Promise<void> => {
    await add.mutateAsync(values);
    await utils.time.calendar.invalidate();
    toast.success(t("added", { name: values.name }));
    form.reset(empty);
  };
  const options = holidayKinds.map((value) => ({ value, label: t(value), help: t(`${value}Help`) }));
  return (
    <Form form={form} onSubmit={submit}>
      <FormField control={form.control} name="day" label={t("day")}>
        {(field) => <Input {...field} type="date" min={`${String(year)}-01-01`} max={`${String(year)}-12-31`} />}
      </FormField>
      <FormField control={form.control} name="name" label={t("name")}>
        {(field) => <Input {...field} autoComplete="off" />}
      </FormField>
      <FormField control={form.control} name="kind" label={t("kind")} isGroup>
        {(field) => <RadioGroup {...field} options={options} />}
      </FormField>
      <div>
        <Button type="submit" variant="primary" isLoading={form.formState.isSubmitting} loadingLabel={t("adding")}>
          {t("add")}
        </Button>
      </div>
    </Form>
  );
}
