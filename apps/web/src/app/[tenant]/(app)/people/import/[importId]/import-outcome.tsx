"use client";

import type { ImportRecord } from "@atrium/people/contract";
import { Banner, Button, ButtonLink } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useTenantSlug } from "../../../../../../client/tenant-client.tsx";
import { RouteRefused } from "../../../../../../client/refusals.ts";
import { useAppError } from "../../../../../../client/use-app-error.ts";
import { useImportActs } from "./use-import-acts.ts";

interface OutcomeProps {
  readonly record: ImportRecord;
}

/** What a finished step has come to, and what to do next. Nothing while a step is under way. */
export function ImportOutcome({ record }: OutcomeProps) {
  if (record.isForgotten) return <Forgotten record={record} />;
  switch (record.status) {
    case "checked":
      return <Checked record={record} />;
    case "done":
      return <Done record={record} />;
    case "cancelled":
      return <Cancelled record={record} />;
    case "failed":
      return <Failed record={record} />;
    case "uploaded":
    case "checking":
    case "committing":
      return null;
  }
}

function Checked({ record: { goodRows, badRows, totalRows } }: OutcomeProps) {
  const t = useTranslations("people.import");
  if (badRows === 0) return <Banner title={t("allGood", { count: goodRows })} />;
  return <Banner tone="attention" title={goodRows === 0 ? t("allBad") : t("someBad", { bad: badRows, total: totalRows })} action={goodRows === 0 ? <Another /> : undefined} />;
}

function Done({ record: { createdRows, badRows, totalRows } }: OutcomeProps) {
  const t = useTranslations("people.import");
  const slug = useTenantSlug();
  return (
    <Banner
      title={t("doneTitle", { count: createdRows })}
      action={
        <span className="flex flex-wrap gap-2">
          <ButtonLink variant="primary" href={`/${slug}/people?sort=joinedOn&direction=desc`}>
            {t("showPeople")}
          </ButtonLink>
          <Another />
        </span>
      }
    >
      {badRows === 0 ? t("doneAll") : t("doneBad", { count: badRows, total: totalRows })}
    </Banner>
  );
}

function Forgotten({ record: { createdRows } }: OutcomeProps) {
  const t = useTranslations("people.import");
  return (
    <Banner title={t("doneTitle", { count: createdRows })} action={<Another />}>
      {t("forgotten")}
    </Banner>
  );
}

function Cancelled({ record }: OutcomeProps) {
  const t = useTranslations("people.import");
  return (
    <Banner
      tone="attention"
      title={t("cancelledTitle")}
      action={
        <span className="flex flex-wrap gap-2">
          <GoOn record={record} />
          <Another />
        </span>
      }
    >
      {t("cancelledSome", { count: record.createdRows })}
    </Banner>
  );
}

function Failed({ record }: OutcomeProps) {
  const t = useTranslations("people.import");
  const explain = useAppError();
  const { problem } = record;
  const refused = new RouteRefused({ code: problem?.code ?? "people/import-failed", requestId: "", params: problem?.params });
  return (
    <Banner
      tone="danger"
      title={t("failedTitle")}
      action={
        <span className="flex flex-wrap gap-2">
          <Another />
          <GoOn record={record} />
        </span>
      }
    >
      {explain(refused).message}
    </Banner>
  );
}

/** The way on: with the rest of the rows once somebody was created from the file, else from its check. */
function GoOn({ record: { id, createdRows, mode } }: OutcomeProps) {
  const t = useTranslations("people.import");
  const { commit, recheck } = useImportActs();
  if (createdRows === 0) {
    return (
      <Button isLoading={recheck.isPending} onClick={() => recheck.mutate({ id })}>
        {t("recheck")}
      </Button>
    );
  }
  return (
    <Button variant="primary" isLoading={commit.isPending} onClick={() => commit.mutate({ id, mode: mode ?? "good-rows" })}>
      {t("resume")}
    </Button>
  );
}

function Another() {
  const t = useTranslations("people.import");
  const slug = useTenantSlug();
  return <ButtonLink href={`/${slug}/people/import`}>{t("another")}</ButtonLink>;
}
