"use client";

import type { EmployeeStatus } from "@atrium/people/contract";
import { StatusBadge } from "@atrium/ui";
import type { Tone } from "@atrium/ui";
import { useTranslations } from "next-intl";

const tones: Readonly<Record<EmployeeStatus, Tone>> = { active: "good", joining: "info", left: "neutral" };

export function EmployeeStatusBadge({ status }: { readonly status: EmployeeStatus }) {
  const t = useTranslations("people.statuses");
  return <StatusBadge tone={tones[status]}>{t(status)}</StatusBadge>;
}
