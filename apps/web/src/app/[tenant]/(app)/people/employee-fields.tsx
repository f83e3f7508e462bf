"use client";

import { genders } from "@atrium/people/contract";
import type { EmployeeFields as Fields, EmployeeRecord } from "@atrium/people/contract";
import { FormField, FormSection, Input, Select, TextLink } from "@atrium/ui";
import type { ZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useTenantSlug } from "../../../../client/tenant-client.tsx";
import { trpc } from "../../../../client/trpc.ts";
import { EmployeePicker } from "../../../../components/employee-picker.tsx";

/** What the form holds: texts throughout, "" for what is not given. */
export type EmployeeValues = { [K in keyof Fields]-?: K extends "gender" ? Fields["gender"] : string };
export type EmployeeForm = ZodForm<EmployeeValues, Fields>;

interface EmployeeFieldsProps {
  readonly form: EmployeeForm;
  /** The person as they are, when they are not new: what is masked is kept unless something is written. */
  readonly current?: EmployeeRecord | undefined;
}

/** All that HR writes of a person, one column, in sections. */
export function EmployeeFields({ form, current }: EmployeeFieldsProps) {
  return (
    <>
      <WhoSection form={form} current={current} />
      <WorkSection form={form} current={current} />
      <MoneySection form={form} current={current} />
    </>
  );
}

function WhoSection({ form }: EmployeeFieldsProps) {
  const t = useTranslations("people");
  return (
    <FormSection title={t("form.who")}>
      <TextField form={form} name="fullName" autoComplete="off" />
      <TextField form={form} name="email" type="email" isOptional />
      <TextField form={form} name="phone" type="tel" isOptional help={t("form.phoneHelp")} />
      <FormField control={form.control} name="gender" label={t("fields.gender")}>
        {(field) => <Select {...field} options={genders.map((value) => ({ value, label: t(`genders.${value}`) }))} />}
      </FormField>
      <TextField form={form} name="dateOfBirth" type="date" isOptional />
    </FormSection>
  );
}

function WorkSection({ form, current }: EmployeeFieldsProps) {
  const t = useTranslations("people");
  const organisation = trpc.people.organisation.list.useQuery(undefined, { staleTime: 60_000 }).data;
  const slug = useTenantSlug();
  // In a company that has just begun there may be nothing to choose from.
  const noneYet = (rows?: readonly unknown[]): ReactNode =>
    rows?.length === 0 ? t.rich("form.noneToChoose", { link: (name) => <TextLink href={`/${slug}/people/organisation`}>{name}</TextLink> }) : undefined;
  const named = (rows: readonly { id: string; name: string }[] = []) => rows.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <FormSection title={t("form.work")}>
      <TextField form={form} name="code" help={t("form.codeHelp")} autoComplete="off" />
      <TextField form={form} name="designation" isOptional />
      <FormField control={form.control} name="departmentId" label={t("fields.departmentId")} help={noneYet(organisation?.departments)}>
        {(field) => <Select {...field} placeholder={t("form.choose")} options={named(organisation?.departments)} />}
      </FormField>
      <FormField control={form.control} name="locationId" label={t("fields.locationId")} help={noneYet(organisation?.locations)}>
        {(field) => <Select {...field} placeholder={t("form.choose")} options={named(organisation?.locations)} />}
      </FormField>
      <FormField control={form.control} name="managerId" label={t("fields.managerId")} isRequired={false}>
        {(field) => <EmployeePicker value={field.value} onChange={field.onChange} initialName={current?.manager?.name} />}
      </FormField>
      <TextField form={form} name="joinedOn" type="date" />
      {current === undefined ? null : <TextField form={form} name="leftOn" type="date" isOptional help={t("form.leftOnHelp")} />}
    </FormSection>
  );
}

function MoneySection({ form, current }: EmployeeFieldsProps) {
  const t = useTranslations("people.form");
  const kept = (masked: string | null | undefined, help: string): string => (masked == null ? help : t("keepHelp", { masked }));
  return (
    <FormSection title={t("money")} help={t("moneyHelp")}>
      <TextField form={form} name="pan" isOptional help={kept(current?.panMasked, t("panHelp"))} autoComplete="off" />
      <TextField form={form} name="aadhaar" isOptional help={kept(current?.aadhaarMasked, t("aadhaarHelp"))} inputMode="numeric" autoComplete="off" />
      <TextField form={form} name="uan" isOptional help={kept(current?.uanMasked, t("uanHelp"))} inputMode="numeric" autoComplete="off" />
      <TextField form={form} name="bankAccount" isOptional help={kept(current?.bankAccountMasked, t("accountHelp"))} inputMode="numeric" autoComplete="off" />
      <TextField form={form} name="bankIfsc" isOptional help={t("ifscHelp")} autoComplete="off" />
    </FormSection>
  );
}

interface TextFieldProps {
  readonly form: EmployeeForm;
  readonly name: Exclude<keyof EmployeeValues, "gender">;
  readonly help?: string | undefined;
  readonly type?: "text" | "email" | "tel" | "date" | undefined;
  readonly inputMode?: "numeric" | undefined;
  readonly autoComplete?: "off" | undefined;
  readonly isOptional?: boolean | undefined;
}

function TextField({ form, name, help, isOptional = false, type = "text", ...rest }: TextFieldProps) {
  const t = useTranslations("people.fields");
  return (
    <FormField control={form.control} name={name} label={t(name)} help={help} isRequired={!isOptional}>
      {(field) => <Input {...field} {...rest} type={type} />}
    </FormField>
  );
}
