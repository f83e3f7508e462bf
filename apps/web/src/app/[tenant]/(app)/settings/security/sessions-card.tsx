"use client";

import type { SecurityDto } from "@atrium/identity/contract";
import { Banner, Button, Card, Field, KeyValueList, Select } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { useChangePolicy } from "./use-change-policy.ts";

const longest = [15, 30, 60, 120, 240, 480, 720, 1_440];
const pauses = [5, 10, 15, 30, 60, 120, 240, 480];

function useDuration(): (minutes: number) => string {
  const t = useTranslations("security.sessions");
  return (minutes) => (minutes % 60 === 0 ? t("hours", { count: minutes / 60 }) : t("minutes", { count: minutes }));
}

/** How long people stay signed in. */
export function SessionsCard({ policy, canManage }: { readonly policy: SecurityDto; readonly canManage: boolean }) {
  const t = useTranslations("security.sessions");
  const duration = useDuration();
  const { sessionMaxMinutes: max, sessionIdleMinutes: idle } = policy;
  return (
    <Card title={t("title")} description={t("text")}>
      {canManage ? (
        <Lengths policy={policy} />
      ) : (
        <KeyValueList
          items={[
            { key: "max", label: t("max"), value: duration(max) },
            { key: "idle", label: t("idle"), value: duration(idle) },
          ]}
        />
      )}
    </Card>
  );
}

function Lengths({ policy }: { readonly policy: SecurityDto }) {
  const t = useTranslations("security.sessions");
  const explain = useAppError();
  const duration = useDuration();
  const [max, setMax] = useState(policy.sessionMaxMinutes);
  const [idle, setIdle] = useState(policy.sessionIdleMinutes);
  const change = useChangePolicy();
  // One that was set another way stands in the list as well.
  const options = (minutes: readonly number[], own: number) =>
    [...new Set([...minutes, own])].toSorted((one, other) => one - other).map((count) => ({ value: String(count), label: duration(count) }));
  return (
    <div className="flex flex-col gap-4">
      {change.error ? <Banner tone="danger" title={explain(change.error).message} /> : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("max")} help={t("maxHelp")}>
          <Select options={options(longest, policy.sessionMaxMinutes)} value={String(max)} onChange={(value) => setMax(Number(value))} />
        </Field>
        <Field label={t("idle")} help={t("idleHelp")}>
          <Select options={options(pauses, policy.sessionIdleMinutes)} value={String(idle)} onChange={(value) => setIdle(Number(value))} />
        </Field>
      </div>
      <Button
        className="self-start"
        isLoading={change.isPending}
        loadingLabel={t("saving")}
        onClick={() => change.mutate({ sessionMaxMinutes: max, sessionIdleMinutes: idle })}
      >
        {t("save")}
      </Button>
    </div>
  );
}
