"use client";

import { formatDate } from "@atrium/kernel";
import type { RunReview } from "@atrium/payroll/contract";
import { Banner, TextLink } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useTenantSlug } from "../../../../../../client/tenant-client.tsx";

const settled = "settled";

/** What whoever approves must know besides the figures: who was left out, and which rules are not beyond doubt. */
export function ReviewNotes({ review: { leftOut, leftOutCount, rules } }: { readonly review: RunReview }) {
  const t = useTranslations("payroll.notes");
  const slug = useTenantSlug();
  const unsettled = rules.filter(({ confidence }) => confidence !== settled);
  return (
    <>
      {leftOutCount > 0 ? (
        <Banner tone="attention" title={t("leftOut", { count: leftOutCount })}>
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {leftOut.map(({ employeeId, name, blocker }) => (
              <li key={employeeId}>
                <TextLink href={`/${slug}/people/${employeeId}`}>{name}</TextLink> {t(`why.${blocker}`)}
              </li>
            ))}
          </ul>
        </Banner>
      ) : null}
      {unsettled.length > 0 ? (
        <Banner title={t("unsettled", { count: unsettled.length })}>
          <details>
            <summary className="w-fit text-accent-text underline underline-offset-3">{t("which")}</summary>
            <ul className="flex list-disc flex-col gap-1 pt-1 pl-5">
              {unsettled.map(({ id, from, source, confidence }) => (
                <li key={`${id} ${from}`}>{t("rule", { rule: id, from: formatDate(from), source, confidence })}</li>
              ))}
            </ul>
          </details>
        </Banner>
      ) : null}
    </>
  );
}
