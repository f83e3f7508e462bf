"use client";

import { ChangeCompany, timeZones } from "@atrium/identity/contract";
import type { Company } from "@atrium/identity/contract";
import { Button, Card, Form, FormField, Input, KeyValueList, Select, TimeText, toast, useZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { trpc } from "../../../../../client/trpc.ts";
import { useWordedSchema } from "../../../../../client/use-worded-schema.ts";

interface Typed {
  readonly name: string;
  readonly timeZone: string;
}

const options = timeZones.map((value) => ({ value, label: value.replaceAll("_", " ") }));

/** The company's name and clock, beside what cannot be changed here. */
export function CompanyForm({ company: { name, timeZone, slug, plan, createdAt } }: { readonly company: Company }) {
  const t = useTranslations("company.settings");
  const planName = useTranslations("company.plans");
  const utils = trpc.useUtils();
  const router = useRouter();
  const change = trpc.identity.company.change.useMutation();
  const form = useZodForm({ schema: useWordedSchema<ChangeCompany, Typed>(ChangeCompany), defaultValues: { name, timeZone } });
  const save = async (values: ChangeCompany): Promise<void> => {
    utils.identity.company.get.setData(undefined, await change.mutateAsync(values));
    toast.success(t("saved"));
    // The frame shows the name.
    router.refresh();
  };
  return (
    <Card title={t("title")} description={t("text")}>
      <div className="flex flex-col gap-5">
        <KeyValueList
          items={[
            { key: "address", label: t("address"), value: <span className="wrap-anywhere">{`/${slug}`}</span> },
            { key: "plan", label: t("plan"), value: planName(`${plan}.name`) },
            { key: "since", label: t("since"), value: <TimeText instant={createdAt} timeZone={timeZone} /> },
          ]}
        />
        <Form form={form} onSubmit={save}>
          <FormField control={form.control} name="name" label={t("name")}>
            {(field) => <Input {...field} autoComplete="organization" />}
          </FormField>
          <FormField control={form.control} name="timeZone" label={t("timeZone")} help={t("timeZoneHelp")}>
            {(field) => <Select {...field} options={options} />}
          </FormField>
          <div>
            <Button type="submit" variant="primary" isLoading={form.formState.isSubmitting} loadingLabel={t("saving")}>
              {t("save")}
            </Button>
          </div>
        </Form>
      </div>
    </Card>
  );
}
