"use client";

import type { ImportRecord } from "@atrium/people/contract";
import { Banner, Button, Card, ProgressBar } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useImportActs } from "./use-import-acts.ts";

/** How far the check or the commit has come, with its pace; and a way on when nothing moves any more. */
export function ImportProgress({ record }: { readonly record: ImportRecord }) {
  const t = useTranslations("people.import");
  const { status, doneRows, totalRows, goodRows, isStalled } = record;
  const max = status === "committing" ? goodRows : totalRows;
  const labels = { uploaded: t("waiting"), checking: totalRows === 0 ? t("reading") : t("checkingLabel"), committing: t("importingLabel") };
  const label = status === "uploaded" || status === "checking" || status === "committing" ? labels[status] : "";
  return (
    <Card>
      <div className="flex flex-col gap-4">
        <ProgressBar label={label} value={status === "uploaded" || max === 0 ? undefined : doneRows} max={max} detail={<Detail record={record} max={max} />} />
        {isStalled ? <Stalled record={record} /> : null}
      </div>
    </Card>
  );
}

function Detail({ record, max }: { readonly record: ImportRecord; readonly max: number }) {
  const t = useTranslations("people.import");
  const { doneRows, perSecond, secondsLeft } = record;
  if (max === 0) return null;
  const counted = t("progress", { done: doneRows, total: max });
  if (perSecond === null || secondsLeft === null) return counted;
  const time = secondsLeft < 90 ? t("seconds", { count: secondsLeft }) : t("minutes", { count: Math.ceil(secondsLeft / 60) });
  return `${counted} · ${t("pace", { rate: perSecond, time })}`;
}

function Stalled({ record }: { readonly record: ImportRecord }) {
  const t = useTranslations("people.import");
  const { commit, recheck } = useImportActs();
  const { id, status, mode } = record;
  const again = () => (status === "committing" ? commit.mutate({ id, mode: mode ?? "good-rows" }) : recheck.mutate({ id }));
  return (
    <Banner
      tone="attention"
      title={t("stalled")}
      action={
        <Button isLoading={commit.isPending || recheck.isPending} onClick={again}>
          {t("startAgain")}
        </Button>
      }
    >
      {t("stalledText")}
    </Banner>
  );
}
