"use client";

import { importModes } from "@atrium/people/contract";
import type { ImportMode, ImportRecord } from "@atrium/people/contract";
import { Banner, Button, Card, RadioGroup } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAppError } from "../../../../../../client/use-app-error.ts";
import { useImportActs } from "./use-import-acts.ts";

/** Asks which rows shall become people, with what each choice means. */
export function CommitChoice({ record }: { readonly record: ImportRecord }) {
  const t = useTranslations("people.import");
  const explain = useAppError();
  const { commit } = useImportActs();
  const { id, goodRows, badRows } = record;
  const [mode, setMode] = useState<ImportMode>("good-rows");
  const helps = {
    "good-rows": t("modes.goodRowsHelp", { good: goodRows, bad: badRows }),
    "all-or-none": badRows > 0 ? t("modes.allBlocked") : t("modes.allHelp", { count: goodRows }),
  };
  const isBlocked = mode === "all-or-none" && badRows > 0;
  return (
    <Card title={t("choose")}>
      <div className="flex flex-col gap-4">
        <RadioGroup
          aria-label={t("choose")}
          value={mode}
          onChange={(value) => setMode(importModes.find((known) => known === value) ?? "good-rows")}
          options={importModes.map((value) => ({ value, label: t(`modes.${value}`), help: helps[value] }))}
        />
        {commit.error ? <Banner tone="danger" title={explain(commit.error).message} /> : null}
        <div>
          <Button
            variant="primary"
            isLoading={commit.isPending}
            loadingLabel={t("committing")}
            disabledReason={isBlocked ? t("modes.allBlocked") : undefined}
            onClick={() => commit.mutate({ id, mode })}
          >
            {t("commit", { count: goodRows })}
          </Button>
        </div>
      </div>
    </Card>
  );
}
