"use client";

import { mostContacts } from "@atrium/billing/contract";
import type { BillingAccountDto, SaveBillingAccount } from "@atrium/billing/contract";
import { gstStateOf, gstStates } from "@atrium/kernel";
import { Banner, Button, Card, Form, FormField, Input, KeyValueList, Select, SkeletonText, Textarea, toast, useZodForm } from "@atrium/ui";
import type { ZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useEffect, useMemo } from "react";
import { trpc } from "../../../../../../client/trpc.ts";
import { useWordedSchema } from "../../../../../../client/use-worded-schema.ts";
import { QueryError } from "../../../../../../components/query-error.tsx";
import { accountSchema, typedOf } from "./typed-account.ts";
import type { TypedAccount } from "./typed-account.ts";

/** Who is invoiced for the company. */
export function DetailsCard({ canManage }: { readonly canManage: boolean }) {
  const t = useTranslations("billing.details");
  const account = trpc.billing.account.get.useQuery();
  return (
    <Card title={t("title")} description={t("text")}>
      {account.error ? <QueryError error={account.error} onRetry={() => void account.refetch()} /> : null}
      {account.isPending ? <SkeletonText lines={6} /> : null}
      {account.data === undefined ? null : canManage ? <DetailsForm account={account.data} /> : <Details account={account.data} />}
    </Card>
  );
}

function Details({ account }: { readonly account: BillingAccountDto }) {
  const t = useTranslations("billing.details");
  const { name, gstin, addressLine, city, pinCode, stateCode, contacts } = account;
  const state = gstStateOf(stateCode ?? "")?.name;
  const items = [
    { key: "name", label: t("name"), value: name },
    { key: "gstin", label: t("gstin"), value: gstin ?? t("none") },
    { key: "address", label: t("addressLine"), value: state === undefined ? t("none") : `${addressLine}, ${city} ${pinCode}, ${state}` },
    { key: "contacts", label: t("contacts"), value: contacts.length === 0 ? t("toAdministrators") : contacts.join(", ") },
  ];
  return <KeyValueList items={items} />;
}

function DetailsForm({ account }: { readonly account: BillingAccountDto }) {
  const t = useTranslations("billing.details");
  const utils = trpc.useUtils();
  const save = trpc.billing.account.save.useMutation({
    // What somebody else has saved meanwhile comes in beside what was typed, so that it can be looked at and saved again.
    onError: () => void utils.billing.account.get.invalidate(),
  });
  const schema = useMemo(() => accountSchema(account.version), [account.version]);
  const form = useZodForm({ schema: useWordedSchema<SaveBillingAccount, TypedAccount>(schema), defaultValues: typedOf(account) });
  const { control, formState, reset } = form;
  // The page reads again by itself: what is being typed stays.
  useEffect(() => reset(typedOf(account), { keepDirtyValues: true, keepErrors: true, keepIsSubmitted: true }), [account, reset]);
  const submit = async (values: SaveBillingAccount): Promise<void> => {
    const saved = await save.mutateAsync(values);
    toast.success(t("saved"));
    reset(typedOf(saved));
    utils.billing.account.get.setData(undefined, saved);
  };
  return (
    <div className="flex flex-col gap-4">
      {account.stateCode === null ? (
        <Banner tone="attention" title={t("missing")}>
          {t("missingText")}
        </Banner>
      ) : null}
      <Form form={form} onSubmit={submit}>
        <Fields control={control} />
        <div>
          <Button type="submit" variant="primary" isLoading={formState.isSubmitting} loadingLabel={t("saving")}>
            {t("save")}
          </Button>
        </div>
      </Form>
    </div>
  );
}

function Fields({ control }: { readonly control: ZodForm<TypedAccount, SaveBillingAccount>["control"] }) {
  const t = useTranslations("billing.details");
  const states = useMemo(() => gstStates.map(({ code, name }) => ({ value: code, label: `${name} (${code})` })).sort((a, b) => a.label.localeCompare(b.label)), []);
  return (
    <>
      <FormField control={control} name="name" label={t("name")} help={t("nameHelp")}>
        {(field) => <Input {...field} autoComplete="organization" />}
      </FormField>
      <FormField control={control} name="gstin" label={t("gstin")} help={t("gstinHelp")} isRequired={false}>
        {(field) => <Input {...field} autoCapitalize="characters" autoComplete="off" spellCheck={false} className="font-mono uppercase" />}
      </FormField>
      <FormField control={control} name="addressLine" label={t("addressLine")}>
        {(field) => <Input {...field} autoComplete="street-address" />}
      </FormField>
      <div className="grid gap-5 sm:grid-cols-[2fr_1fr]">
        <FormField control={control} name="city" label={t("city")}>
          {(field) => <Input {...field} autoComplete="address-level2" />}
        </FormField>
        <FormField control={control} name="pinCode" label={t("pinCode")}>
          {(field) => <Input {...field} inputMode="numeric" autoComplete="postal-code" />}
        </FormField>
      </div>
      <FormField control={control} name="stateCode" label={t("state")} help={t("stateHelp")}>
        {(field) => <Select {...field} options={states} placeholder={t("choose")} />}
      </FormField>
      <FormField control={control} name="contacts" label={t("contacts")} help={t("contactsHelp", { most: mostContacts })} isRequired={false}>
        {(field) => <Textarea {...field} spellCheck={false} autoCapitalize="none" />}
      </FormField>
    </>
  );
}
