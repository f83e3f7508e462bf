import { formatMonth, yearMonthSchema } from "@atrium/kernel";
import { notFound } from "next/navigation";
import { MonthPage } from "./month-page.tsx";

interface Params {
  readonly params: Promise<{ readonly period: string }>;
}

export async function generateMetadata({ params }: Params) {
  const period = yearMonthSchema.safeParse((await params).period);
  return { title: period.success ? formatMonth(period.data) : undefined };
}

export default async function Page({ params }: Params) {
  const period = yearMonthSchema.safeParse((await params).period);
  if (!period.success) notFound();
  return <MonthPage period={period.data} />;
}
