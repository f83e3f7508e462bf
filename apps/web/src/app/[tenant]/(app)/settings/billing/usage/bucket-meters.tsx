"use client";

import type { UsageBucketDto } from "@atrium/billing/contract";
import { Meter } from "@atrium/ui";
import { useFormatter, useTranslations } from "next-intl";
import { isLow, isShared, refilled, secondsUntilFull } from "./pace.ts";
import { useElapsed } from "./use-usage.ts";

interface BucketMetersProps {
  readonly buckets: readonly UsageBucketDto[];
  /** The moment they were read, in ms. */
  readonly readAt: number;
}

/** How full each bucket is. Between two looks it is reckoned from how it refills. */
export function BucketMeters({ buckets, readAt }: BucketMetersProps) {
  const t = useTranslations("billing.usage");
  const elapsed = useElapsed(readAt);
  const heavy = buckets.filter(({ name }) => name === "payroll" || name === "payslips" || name === "report" || name === "import");
  return (
    <div className="flex flex-col gap-5">
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {buckets.filter(isShared).map((bucket) => (
          <BucketMeter key={bucket.name} bucket={bucket} elapsed={elapsed} />
        ))}
      </div>
      {heavy.length === 0 ? null : (
        <section className="flex flex-col gap-3">
          <h3 className="text-sm text-ink-soft">{t("heavy")}</h3>
          <div className="grid gap-x-8 gap-y-3 sm:grid-cols-2 lg:grid-cols-4">
            {heavy.map((bucket) => (
              <BucketMeter key={bucket.name} bucket={bucket} elapsed={elapsed} />
            ))}
          </div>
        </section>
      )}
    </div>
  );
}

function BucketMeter({ bucket, elapsed }: { readonly bucket: UsageBucketDto; readonly elapsed: number }) {
  const t = useTranslations("billing.usage");
  const { number } = useFormatter();
  const { capacity } = bucket;
  const left = refilled(bucket, elapsed);
  const seconds = secondsUntilFull(bucket, left);
  return (
    <Meter
      label={t(`meters.${bucket.name}`)}
      value={left}
      max={capacity}
      detail={t("left", { left: number(left), capacity: number(capacity) })}
      help={left >= capacity ? t("full") : seconds > 90 ? t("fullInMinutes", { minutes: Math.ceil(seconds / 60) }) : t("fullInSeconds", { seconds })}
      tone={left < 1 ? "danger" : isLow({ remaining: left, capacity }) ? "attention" : "good"}
    />
  );
}
