"use client";

import { minReasonLength } from "@atrium/people/contract";
import type { EmployeeRecord, SensitiveField } from "@atrium/people/contract";
import { Card, DateText, KeyValueList, MaskedValue, TextLink } from "@atrium/ui";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useTenantSlug } from "../../../../../client/tenant-client.tsx";
import { trpc } from "../../../../../client/trpc.ts";
import { useAppError } from "../../../../../client/use-app-error.ts";

export function EmployeeFacts({ employee }: { readonly employee: EmployeeRecord }) {
  const t = useTranslations("people.record");
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
      <Card title={t("work")}>
        <WorkFacts employee={employee} />
      </Card>
      <div className="flex min-w-0 flex-col gap-4">
        <Card title={t("personal")}>
          <PersonalFacts employee={employee} />
        </Card>
        <Card title={t("money")}>{employee.isPrivateVisible ? <MoneyFacts employee={employee} /> : <p className="text-ink-soft">{t("moneyHidden")}</p>}</Card>
      </div>
    </div>
  );
}

interface FactsProps {
  readonly employee: EmployeeRecord;
}

/** What is not there is said in words, so that it is not taken for a fault of the page. */
function useGiven() {
  const t = useTranslations("people.record");
  return (value: ReactNode) => value ?? <span className="text-ink-faint">{t("none")}</span>;
}

function WorkFacts({ employee }: FactsProps) {
  const t = useTranslations("people.fields");
  const record = useTranslations("people.record");
  const slug = useTenantSlug();
  const given = useGiven();
  const { id, code, designation, department, location, manager, joinedOn, leftOn, reportCount } = employee;
  const reports = record("reports", { count: reportCount });
  return (
    <KeyValueList
      items={[
        { key: "code", label: t("code"), value: code },
        { key: "designation", label: t("designation"), value: given(designation) },
        { key: "department", label: t("departmentId"), value: department.name },
        { key: "location", label: t("locationId"), value: location.name },
        { key: "manager", label: t("managerId"), value: given(manager && <TextLink href={`/${slug}/people/${manager.id}`}>{manager.name}</TextLink>) },
        { key: "team", label: record("team"), value: reportCount === 0 ? reports : <TextLink href={`/${slug}/people?managerId=${id}`}>{reports}</TextLink> },
        { key: "joinedOn", label: t("joinedOn"), value: <DateText day={joinedOn} /> },
        { key: "leftOn", label: t("leftOn"), value: given(leftOn && <DateText day={leftOn} />) },
      ]}
    />
  );
}

function PersonalFacts({ employee }: FactsProps) {
  const t = useTranslations("people");
  const given = useGiven();
  const { email, phone, gender, dateOfBirth, isPrivateVisible } = employee;
  const hidden = [
    { key: "gender", label: t("fields.gender"), value: given(gender && t(`genders.${gender}`)) },
    { key: "dateOfBirth", label: t("fields.dateOfBirth"), value: given(dateOfBirth && <DateText day={dateOfBirth} />) },
  ];
  return (
    <KeyValueList
      items={[
        { key: "email", label: t("fields.email"), value: given(email && <TextLink href={`mailto:${email}`}>{email}</TextLink>) },
        { key: "phone", label: t("fields.phone"), value: given(phone && <TextLink href={`tel:${phone.replaceAll(/[^+0-9]/g, "")}`}>{phone}</TextLink>) },
        ...(isPrivateVisible ? hidden : []),
      ]}
    />
  );
}

function MoneyFacts({ employee }: FactsProps) {
  const t = useTranslations("people.fields");
  const given = useGiven();
  const { panMasked, uanMasked, aadhaarMasked, bankAccountMasked, bankIfsc } = employee;
  const shown = (field: SensitiveField, masked: string | null) => ({
    key: field,
    label: t(field),
    value: given(masked && <Masked employee={employee} field={field} masked={masked} />),
  });
  return (
    <KeyValueList
      items={[
        shown("pan", panMasked),
        shown("aadhaar", aadhaarMasked),
        shown("uan", uanMasked),
        shown("bankAccount", bankAccountMasked),
        { key: "bankIfsc", label: t("bankIfsc"), value: given(bankIfsc && <span className="font-mono">{bankIfsc}</span>) },
      ]}
    />
  );
}

function Masked({ employee, field, masked }: FactsProps & { readonly field: SensitiveField; readonly masked: string }) {
  const t = useTranslations("people.fields");
  const record = useTranslations("people.record");
  const errors = useTranslations("errors");
  const utils = trpc.useUtils();
  const reveal = trpc.people.employee.reveal.useMutation();
  const explain = useAppError();
  const { id, fullName, isRevealable } = employee;
  const show = async (reason: string): Promise<string> => {
    const { value } = await reveal.mutateAsync({ id, field, reason });
    // The answer goes to the page and nowhere else: not into what the client keeps of its calls.
    reveal.reset();
    await utils.people.employee.history.invalidate({ id });
    return value ?? masked;
  };
  return (
    <MaskedValue
      label={t(field)}
      masked={masked}
      onReveal={isRevealable ? show : undefined}
      ask={{
        title: record("revealTitle", { field: t(field) }),
        body: record("revealText", { name: fullName }),
        confirmLabel: record("revealConfirm"),
        reasonLabel: record("revealReason"),
        reasonHelp: record("revealReasonHelp"),
        minReasonLength,
        reasonMissing: errors("people/reason-missing"),
      }}
      failedMessage={reveal.error ? explain(reveal.error).message : record("revealFailed")}
    />
  );
}
