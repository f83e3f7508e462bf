"use client";

import type { SecurityDto } from "@atrium/identity/contract";
import { Banner, Card, StatusBadge, Switch } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ReactNode } from "react";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { ConfirmDialog } from "../../../../../components/confirm-dialog.tsx";
import { useChangePolicy } from "./use-change-policy.ts";

interface PolicyCardProps {
  readonly policy: SecurityDto;
  readonly canManage: boolean;
}

/** What everybody needs to come in. */
export function PolicyCard({ policy, canManage }: PolicyCardProps) {
  const t = useTranslations("security.policy");
  const explain = useAppError();
  const [asking, setAsking] = useState<"mfa" | "sso">();
  const change = useChangePolicy();
  const { members: all, membersWithFactor: have, membersWithProvider: linked } = policy;
  const confirm = (): void => change.mutate(asking === "mfa" ? { requiresMfa: true } : { requiresSso: true });
  return (
    <Card title={t("title")}>
      <div className="flex flex-col gap-4">
        {change.error ? <Banner tone="danger" title={explain(change.error).message} /> : null}
        <Requirement
          label={t("mfa")}
          isOn={policy.requiresMfa}
          canManage={canManage}
          onChange={(isOn) => (isOn ? setAsking("mfa") : change.mutate({ requiresMfa: false }))}
        >
          {t("mfaText", { have, all })}
        </Requirement>
        <Requirement
          label={t("sso")}
          isOn={policy.requiresSso}
          canManage={canManage}
          onChange={(isOn) => (isOn ? setAsking("sso") : change.mutate({ requiresSso: false }))}
        >
          {t("ssoText", { linked, all })}
        </Requirement>
      </div>
      <ConfirmDialog
        open={asking !== undefined}
        onOpenChange={() => setAsking(undefined)}
        title={t(asking === "sso" ? "ssoConfirm" : "mfaConfirm")}
        text={t(asking === "sso" ? "ssoConfirmText" : "mfaConfirmText")}
        act={t("turnOn")}
        onConfirm={confirm}
      />
    </Card>
  );
}

interface RequirementProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly canManage: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly children: ReactNode;
}

function Requirement({ label, isOn, canManage, onChange, children }: RequirementProps) {
  const t = useTranslations("security");
  return (
    <div className="flex flex-col gap-1">
      {canManage ? (
        <Switch label={label} value={isOn} onChange={onChange} />
      ) : (
        <p className="flex items-center gap-2">
          <span className="font-medium">{label}</span>
          <StatusBadge tone={isOn ? "good" : "neutral"}>{t(isOn ? "on" : "off")}</StatusBadge>
        </p>
      )}
      <p className="max-w-prose text-sm text-ink-soft">{children}</p>
    </div>
  );
}
