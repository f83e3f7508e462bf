"use client";

import type { ChangeDto, ObstacleDto } from "@atrium/billing/contract";
import { Banner, Button, ButtonLink } from "@atrium/ui";
import { planTerms } from "@atrium/kernel";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useTenantSlug } from "../../../../../../client/tenant-client.tsx";
import { useBytes, usePlanName } from "../words.ts";

interface ObstaclesProps {
  readonly change: ChangeDto;
  readonly onSeats: (seats: number) => void;
}

/** What the plan would not hold, each with the way to mend it. */
export function Obstacles({ change, onSeats }: ObstaclesProps) {
  const t = useTranslations("billing.change");
  return (
    <Banner tone="attention" title={t("obstacles")}>
      <ul className="mt-2 flex flex-col gap-3">
        {change.obstacles.map((obstacle) => (
          <li key={`${obstacle.code} ${String(obstacle.params["module"] ?? "")}`} className="flex flex-col items-start gap-1.5">
            <Obstacle obstacle={obstacle} change={change} onSeats={onSeats} />
          </li>
        ))}
      </ul>
    </Banner>
  );
}

interface ObstacleProps extends ObstaclesProps {
  readonly obstacle: ObstacleDto;
}

function Obstacle({ obstacle: { code, params }, change, onSeats }: ObstacleProps): ReactNode {
  const count = (name: string): number => Number(params[name] ?? 0);
  switch (code) {
    case "subscription/seats-in-use":
      return <SeatsInUse used={count("used")} change={change} onSeats={onSeats} />;
    case "subscription/storage-in-use":
      return <StorageInUse usedBytes={count("usedBytes")} bytes={count("bytes")} />;
    case "subscription/module-in-use":
      return <ModuleInUse module={String(params["module"])} count={count("count")} change={change} />;
  }
}

function SeatsInUse({ used, change, onSeats }: ObstaclesProps & { readonly used: number }) {
  const t = useTranslations("billing.change");
  const slug = useTenantSlug();
  const canHold = used <= planTerms[change.plan].seats;
  return (
    <>
      <span>{t("seats-in-use", { used, seats: change.seats })}</span>
      <span className="flex flex-wrap gap-2">
        {canHold ? (
          <Button size="sm" onClick={() => onSeats(used)}>
            {t("seatsMend", { used })}
          </Button>
        ) : null}
        <ButtonLink size="sm" href={`/${slug}/settings/members`}>
          {t("membersMend")}
        </ButtonLink>
      </span>
    </>
  );
}

function StorageInUse({ usedBytes, bytes }: { readonly usedBytes: number; readonly bytes: number }) {
  const t = useTranslations("billing.change");
  const write = useBytes();
  return (
    <>
      <span>{t("storage-in-use", { used: write(usedBytes), limit: write(bytes) })}</span>
      <span>{t("mend.storage")}</span>
    </>
  );
}

/** Where each module is set up, and so can be taken away. */
const mendedAt = { "custom-roles": "settings/roles", sso: "settings/security", "own-domain": "settings/security" } as const;
const isMendable = (module: string): module is keyof typeof mendedAt => Object.hasOwn(mendedAt, module);

function ModuleInUse({ module, count, change }: { readonly module: string; readonly count: number; readonly change: ChangeDto }) {
  const t = useTranslations("billing.change");
  const slug = useTenantSlug();
  const plan = usePlanName()(change.plan);
  if (!isMendable(module)) return <span>{t("module-in-use.other", { plan })}</span>;
  return (
    <>
      <span>{t(`module-in-use.${module}`, { count, plan })}</span>
      <ButtonLink size="sm" href={`/${slug}/${mendedAt[module]}`}>
        {t(`mend.${module}`)}
      </ButtonLink>
    </>
  );
}
