"use client";

import { AddDomain } from "@atrium/identity/contract";
import type { DomainDto } from "@atrium/identity/contract";
import { Banner, Button, Card, Form, FormField, Input, KeyValueList, SkeletonText, StatusBadge, toast, useZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { useWordedSchema } from "../../../../../client/use-worded-schema.ts";
import { QueryError } from "../../../../../components/query-error.tsx";
import { ConfirmDialog } from "../../../../../components/confirm-dialog.tsx";

/** The company's own domains, and the proof that each still needs. */
export function DomainsCard({ canManage }: { readonly canManage: boolean }) {
  const t = useTranslations("security.domains");
  const list = trpc.identity.domains.list.useQuery();
  return (
    <Card title={t("title")} description={t("text")}>
      <div className="flex flex-col gap-4">
        {list.error ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : null}
        {list.isPending ? <SkeletonText lines={2} /> : null}
        {list.data?.length === 0 ? <p className="text-ink-soft">{t("none")}</p> : null}
        {list.data && list.data.length > 0 ? (
          <ul aria-label={t("title")} className="flex flex-col divide-y divide-line border-y border-line">
            {list.data.map((domain) => (
              <DomainLine key={domain.id} domain={domain} canManage={canManage} />
            ))}
          </ul>
        ) : null}
        {canManage ? <NewDomain /> : null}
      </div>
    </Card>
  );
}

function DomainLine({ domain, canManage }: { readonly domain: DomainDto; readonly canManage: boolean }) {
  const t = useTranslations("security.domains");
  const explain = useAppError();
  const { id: domainId, name, verifiedAt, recordName, recordValue } = domain;
  const { identity } = trpc.useUtils();
  const onSettled = () => identity.domains.list.invalidate();
  const verify = trpc.identity.domains.verify.useMutation({ onSettled, onSuccess: () => toast.success(t("provedNow", { name })) });
  const remove = trpc.identity.domains.remove.useMutation({ onSettled, onSuccess: () => toast.success(t("removed", { name })) });
  const [isAsking, setIsAsking] = useState(false);
  const error = verify.error ?? remove.error;
  return (
    <li className="flex flex-col gap-3 py-3">
      {error ? <Banner tone="danger" title={explain(error).message} /> : null}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium wrap-anywhere">{name}</span>
          <StatusBadge tone={verifiedAt === null ? "attention" : "good"}>{t(verifiedAt === null ? "waiting" : "proved")}</StatusBadge>
        </p>
        {canManage ? (
          <div className="flex flex-wrap gap-2">
            {verifiedAt === null ? (
              <Button size="sm" aria-label={t("checkOf", { name })} isLoading={verify.isPending} loadingLabel={t("checking")} onClick={() => verify.mutate({ domainId })}>
                {t("check")}
              </Button>
            ) : null}
            <Button size="sm" aria-label={t("removeOf", { name })} isLoading={remove.isPending} onClick={() => setIsAsking(true)}>
              {t("remove")}
            </Button>
          </div>
        ) : null}
      </div>
      {verifiedAt === null ? (
        <div className="flex flex-col gap-2 text-sm">
          <p className="text-ink-soft">{t("record")}</p>
          <KeyValueList
            items={[
              { key: "name", label: t("recordName"), value: <code className="wrap-anywhere">{recordName}</code> },
              { key: "value", label: t("recordValue"), value: <code className="wrap-anywhere">{recordValue}</code> },
            ]}
          />
        </div>
      ) : null}
      <ConfirmDialog open={isAsking} onOpenChange={setIsAsking} title={t("removeTitle", { name })} text={t("removeText")} act={t("remove")} onConfirm={() => remove.mutate({ domainId })} />
    </li>
  );
}

function NewDomain() {
  const t = useTranslations("security.domains");
  const { identity } = trpc.useUtils();
  const add = trpc.identity.domains.add.useMutation();
  const form = useZodForm({ schema: useWordedSchema<AddDomain, { readonly name: string }>(AddDomain), defaultValues: { name: "" } });
  const send = async (values: AddDomain): Promise<void> => {
    await add.mutateAsync(values);
    await identity.domains.list.invalidate();
    form.reset();
  };
  return (
    <Form form={form} onSubmit={send}>
      <FormField control={form.control} name="name" label={t("name")}>
        {(field) => <Input {...field} autoComplete="off" autoCapitalize="none" spellCheck={false} />}
      </FormField>
      <Button type="submit" className="self-start" isLoading={form.formState.isSubmitting} loadingLabel={t("adding")}>
        {t("add")}
      </Button>
    </Form>
  );
}
