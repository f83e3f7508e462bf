"use client";

import { EmptyState, PageHeader } from "@atrium/ui";
import { House } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMe } from "../../../components/frame/me.ts";
import { homeCards } from "./home-cards.ts";

/** What concerns this person today, by what their roles let them see. */
export function HomePage() {
  const t = useTranslations("home");
  const { member, grants } = useMe();
  const isEmployee = member.employeeId !== null;
  const cards = homeCards.filter(
    ({ permission, scopes, isForEmployees = false }) => (isEmployee || !isForEmployees) && scopes.some((scope) => grants[permission]?.includes(scope)),
  );
  return (
    <>
      <PageHeader title={t("greeting", { name: member.name })} />
      {cards.length === 0 ? <EmptyState icon={<House aria-hidden />} title={t("empty.title")} body={t("empty.text")} /> : null}
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        {cards.map(({ id, Card }) => (
          <Card key={id} />
        ))}
      </div>
    </>
  );
}
