"use client";

import { CreateEmployee } from "@atrium/people/contract";
import { Button, ButtonLink, Form, FormActions, LeaveGuard, PageHeader, toast, useZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useTenantSlug } from "../../../../../client/tenant-client.tsx";
import { trpc } from "../../../../../client/trpc.ts";
import { useWordedSchema } from "../../../../../client/use-worded-schema.ts";
import { Trail } from "../../../../../components/frame/trail.tsx";
import { EmployeeFields } from "../employee-fields.tsx";
import type { EmployeeValues } from "../employee-fields.tsx";

const nothing: EmployeeValues = {
  code: "", fullName: "", email: "", phone: "", gender: "undisclosed", dateOfBirth: "", joinedOn: "", leftOn: "", designation: "",
  departmentId: "", locationId: "", managerId: "", pan: "", uan: "", aadhaar: "", bankAccount: "", bankIfsc: "",
};

/** One person more. The server reads the form by the very same schema. */
export function NewEmployeePage() {
  const t = useTranslations("people");
  const ui = useTranslations("ui");
  const slug = useTenantSlug();
  const router = useRouter();
  const utils = trpc.useUtils();
  const create = trpc.people.employee.create.useMutation();
  const form = useZodForm({ schema: useWordedSchema<CreateEmployee, EmployeeValues>(CreateEmployee), defaultValues: nothing });
  const add = async (values: CreateEmployee): Promise<void> => {
    const { id } = await create.mutateAsync(values);
    await utils.people.invalidate();
    toast.success(t("form.created", { name: values.fullName }));
    router.push(`/${slug}/people/${id}`);
  };
  const { isDirty, isSubmitting, isSubmitSuccessful } = form.formState;
  return (
    <>
      <Trail items={[{ label: t("title"), href: `/${slug}/people` }, { label: t("form.newTitle") }]} />
      <PageHeader title={t("form.newTitle")} description={t("form.newText")} />
      <Form form={form} onSubmit={add}>
        <EmployeeFields form={form} />
        <FormActions>
          <Button type="submit" variant="primary" isLoading={isSubmitting} loadingLabel={t("form.saving")}>
            {t("form.create")}
          </Button>
          <ButtonLink href={`/${slug}/people`}>{ui("cancel")}</ButtonLink>
        </FormActions>
      </Form>
      <LeaveGuard
        isActive={isDirty && !isSubmitSuccessful}
        title={t("form.leaveTitle")}
        body={t("form.leaveText")}
        stayLabel={t("form.stay")}
        leaveLabel={t("form.leave")}
      />
    </>
  );
}
