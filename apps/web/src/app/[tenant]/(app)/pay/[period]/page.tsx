import { formatMonth, yearMonthSchema } from "@atrium/kernel";
import { notFound } from "next/navigation";
import { firstAnswer } from "../../../../../server/page-context.ts";
import { MonthPage } from "./month-page.tsx";

interface Params {
  readonly params: Promise<{ readonly tenant: string; readonly period: string }>;
}

export async function generateMetadata({ params }: Params) {
  const period = yearMonthSchema.safeParse((await params).period);
  return { title: period.success ? formatMonth(period.data) : undefined };
}

export default async function Page({ params }: Params) {
  const { tenant, ...given } = await params;
  const { data: period } = yearMonthSchema.safeParse(given.period);
  if (period === undefined) notFound();
  // Where the month stands decides what the page asks for; with that known it asks for all of it at once.
  const first = await firstAnswer(tenant, ({ payroll }) => payroll.run.ofMonth({ period }));
  return <MonthPage period={period} first={first} />;
}
