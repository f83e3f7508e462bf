"use client";

import type { Holiday } from "@atrium/time/contract";
import { Badge, Card, DateText, EmptyState, IconButton, SkeletonText, toast } from "@atrium/ui";
import { CalendarDays, ChevronLeft, ChevronRight, Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { useAppError } from "../../../../../client/use-app-error.ts";
import { useUrlState } from "../../../../../client/use-url-state.ts";
import { useGrant, useMe } from "../../../../../components/frame/me.ts";
import { QueryError } from "../../../../../components/query-error.tsx";
import { AddHolidayForm } from "./add-holiday-form.tsx";
import { RenameDialog } from "./rename-dialog.tsx";
import { thisYear } from "./this-year.ts";
import { useWeekday } from "./use-weekday.ts";

/** The holidays of one year, and a way to add, rename and remove one. */
export function CalendarPage() {
  const t = useTranslations("time.calendar");
  const { tenant } = useMe();
  const url = useUrlState();
  const year = Number(url.get("year")) || thisYear(tenant.timeZone);
  const canWrite = useGrant("time:write") !== undefined;
  const list = trpc.time.calendar.list.useQuery({ year });
  return (
    <>
      <p className="text-ink-soft">{t("text")}</p>
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[1fr_22rem]">
        <Card title={<YearChoice year={year} onChange={(next) => url.set({ year: String(next) }, { isNewEntry: true })} />} isFlush>
          {list.isPending ? (
            <div className="p-4">
              <SkeletonText lines={6} />
            </div>
          ) : null}
          {list.error ? <QueryError error={list.error} onRetry={() => void list.refetch()} /> : null}
          {list.data ? <Holidays year={year} holidays={list.data} canWrite={canWrite} /> : null}
        </Card>
        {canWrite ? (
          <Card title={t("addTitle")}>
            <AddHolidayForm key={year} year={year} />
          </Card>
        ) : null}
      </div>
    </>
  );
}

function YearChoice({ year, onChange }: { readonly year: number; readonly onChange: (year: number) => void }) {
  const t = useTranslations("time.calendar");
  return (
    <span className="flex items-center gap-1">
      <IconButton size="sm" label={t("previousYear")} icon={<ChevronLeft aria-hidden />} onClick={() => onChange(year - 1)} />
      <span className="min-w-12 text-center tabular-nums" aria-live="polite">
        {String(year)}
      </span>
      <IconButton size="sm" label={t("nextYear")} icon={<ChevronRight aria-hidden />} onClick={() => onChange(year + 1)} />
    </span>
  );
}

interface HolidaysProps {
  readonly year: number;
  readonly holidays: readonly Holiday[];
  readonly canWrite: boolean;
}

function Holidays({ year, holidays, canWrite }: HolidaysProps) {
  const t = useTranslations("time.calendar");
  const [renaming, setRenaming] = useState<Holiday>();
  if (holidays.length === 0) {
    return <EmptyState icon={<CalendarDays aria-hidden />} title={t("empty", { year: String(year) })} body={canWrite ? t("emptyText") : t("emptyReadOnly")} />;
  }
  return (
    <>
      <ul className="divide-y divide-line border-t border-line">
        {holidays.map((holiday) => (
          <HolidayLine key={holiday.id} holiday={holiday} canWrite={canWrite} onRename={() => setRenaming(holiday)} />
        ))}
      </ul>
      {renaming === undefined ? null : <RenameDialog key={renaming.id} holiday={renaming} onClose={() => setRenaming(undefined)} />}
    </>
  );
}

interface HolidayLineProps extends Pick<HolidaysProps, "canWrite"> {
  readonly holiday: Holiday;
  readonly onRename: () => void;
}

function HolidayLine({ holiday: { id, day, name, kind }, canWrite, onRename }: HolidayLineProps) {
  const t = useTranslations("time.calendar");
  const explain = useAppError();
  const weekday = useWeekday();
  const utils = trpc.useUtils();
  const remove = trpc.time.calendar.remove.useMutation({
    onSuccess: async () => {
      await utils.time.calendar.invalidate();
      toast.success(t("removed", { name }));
    },
    onError: (error) => toast.error(explain(error).message),
  });
  return (
    <li className="flex items-center gap-3 px-4 py-2">
      <span className="flex min-w-0 grow flex-wrap items-baseline gap-x-3">
        <span className="w-36 shrink-0 text-ink-soft">
          <DateText day={day} /> <span className="text-sm">{weekday(day)}</span>
        </span>
        <span className="min-w-0 font-medium wrap-anywhere">{name}</span>
        {kind === "restricted" ? <Badge>{t("restricted")}</Badge> : null}
      </span>
      {canWrite ? (
        <span className="flex shrink-0">
          <IconButton size="sm" label={t("rename", { name })} icon={<Pencil aria-hidden />} onClick={onRename} />
          <IconButton size="sm" label={t("remove", { name })} icon={<Trash2 aria-hidden />} isLoading={remove.isPending} onClick={() => remove.mutate({ id })} />
        </span>
      ) : null}
    </li>
  );
}
