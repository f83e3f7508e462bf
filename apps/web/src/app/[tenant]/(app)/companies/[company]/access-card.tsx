"use client";

import { RequestAccess } from "@atrium/identity/contract";
import type { CompanyDto, SupportGrantDto } from "@atrium/identity/contract";
import { Banner, Button, Card, Dialog, Form, FormField, Select, StatusBadge, Textarea, TimeText, toast, useZodForm } from "@atrium/ui";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { z } from "zod";
import { fetchRoute } from "../../../../../client/refusals.ts";
import { trpc } from "../../../../../client/trpc.ts";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { useMe } from "../../../../../components/frame/me.ts";
import { FormActions } from "../../../../../components/form-actions.tsx";
import { grantTones } from "../words.ts";

/** What this operator asked the company for, and the way in where it was given. */
export function AccessCard({ company }: { readonly company: CompanyDto }) {
  const t = useTranslations("operator");
  const [isAsking, setIsAsking] = useState(false);
  const { grants, status } = company;
  const isOpen = grants.some((grant) => grant.status === "requested" || grant.status === "granted");
  const canAsk = status === "active" && !isOpen;
  return (
    <Card title={t("access")} description={t("accessText")} action={canAsk ? <Button size="sm" variant="primary" onClick={() => setIsAsking(true)}>{t("ask")}</Button> : undefined}>
      {grants.length === 0 ? (
        <p className="text-ink-soft">{t("noGrants")}</p>
      ) : (
        <ul aria-label={t("access")} className="flex flex-col divide-y divide-line border-y border-line">
          {grants.map((grant) => (
            <GrantLine key={grant.id} grant={grant} slug={company.slug} />
          ))}
        </ul>
      )}
      {isAsking ? <AskDialog company={company} onClose={() => setIsAsking(false)} /> : null}
    </Card>
  );
}

function GrantLine({ grant, slug }: { readonly grant: SupportGrantDto; readonly slug: string }) {
  const t = useTranslations("operator");
  const explain = useAppError();
  const { timeZone } = useMe().tenant;
  const { id: grantId, status, reason, requestedAt, expiresAt } = grant;
  const { identity } = trpc.useUtils();
  const giveUp = trpc.identity.operator.giveUpAccess.useMutation({ onSettled: () => identity.operator.invalidate(), onSuccess: () => toast.success(t("ended")) });
  const lookIn = useLookIn();
  const error = giveUp.error ?? lookIn.error;
  const time = (instant: string) => ({ when: () => <TimeText instant={instant} timeZone={timeZone} /> });
  return (
    <li className="flex flex-col gap-2 py-3">
      {error ? <Banner tone="danger" title={explain(error).message} /> : null}
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <StatusBadge tone={grantTones[status]}>{t(`grantStatus.${status}`)}</StatusBadge>
            {status === "granted" && expiresAt !== null ? <span className="text-sm">{t.rich("until", time(expiresAt))}</span> : null}
          </p>
          <p className="wrap-anywhere">{reason}</p>
          <p className="text-sm text-ink-soft">{t.rich("askedAt", time(requestedAt))}</p>
        </div>
        {status === "granted" ? (
          <div className="flex flex-wrap gap-2">
            <Button size="sm" isLoading={giveUp.isPending} onClick={() => giveUp.mutate({ slug, grantId })}>{t("giveUp")}</Button>
            <Button size="sm" variant="primary" isLoading={lookIn.isPending} onClick={() => lookIn.mutate({ slug, grantId })}>{t("lookIn")}</Button>
          </div>
        ) : null}
      </div>
    </li>
  );
}

/** Opens the session in the company, and goes there. */
function useLookIn() {
  const { slug: own } = useMe().tenant;
  return useMutation({
    mutationFn: async (wanted: { readonly slug: string; readonly grantId: string }) => {
      const answer = await fetchRoute(`/${own}/api/support/look-in`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(wanted) });
      return z.object({ home: z.string().startsWith("/") }).parse(await answer.json());
    },
    onSuccess: ({ home }) => window.location.assign(home),
  });
}

const lengths = [15, 30, 60, 120, 240, 480];

function AskDialog({ company: { slug, name }, onClose }: { readonly company: CompanyDto; readonly onClose: () => void }) {
  const t = useTranslations("operator");
  const formId = useId();
  const { identity } = trpc.useUtils();
  const ask = trpc.identity.operator.askForAccess.useMutation();
  const form = useZodForm({ schema: RequestAccess, defaultValues: { slug, reason: "", minutes: 30 } });
  const send = async (values: RequestAccess): Promise<void> => {
    await ask.mutateAsync(values);
    await identity.operator.invalidate();
    toast.success(t("asked"));
    onClose();
  };
  const words = (count: number): string => (count % 60 === 0 ? t("hoursOption", { count: count / 60 }) : t("minutesOption", { count }));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("askTitle", { name })}
      description={t("accessText")}
      footer={<FormActions formId={formId} label={t("send")} loadingLabel={t("sending")} isSubmitting={form.formState.isSubmitting} onCancel={onClose} />}
    >
      <Form form={form} onSubmit={send} id={formId}>
        <FormField control={form.control} name="reason" label={t("reason")} help={t("reasonHelp")}>
          {(field) => <Textarea {...field} rows={3} />}
        </FormField>
        <FormField control={form.control} name="minutes" label={t("minutes")}>
          {({ value, onChange, ...field }) => (
            <Select {...field} value={String(value)} onChange={(text) => onChange(Number(text))} options={lengths.map((count) => ({ value: String(count), label: words(count) }))} />
          )}
        </FormField>
      </Form>
    </Dialog>
  );
}
