"use client";

import type { EmployeeRecord } from "@atrium/people/contract";
import { formatDate } from "@atrium/kernel";
import { Avatar, Button, PageHeader, Skeleton, SkeletonText, Tabs, TextLink } from "@atrium/ui";
import { Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTenantSlug } from "../../../../../client/tenant-client.tsx";
import { trpc } from "../../../../../client/trpc.ts";
import { useUrlState } from "../../../../../client/use-url-state.ts";
import { Trail } from "../../../../../components/frame/trail.tsx";
import { QueryError } from "../../../../../components/query-error.tsx";
import { EmployeeStatusBadge } from "../employee-status-badge.tsx";
import { EditEmployeeSheet } from "./edit-employee-sheet.tsx";
import { EmployeeFacts } from "./employee-facts.tsx";
import { EmployeeHistory } from "./employee-history.tsx";

/** One person: what one looks for on top, then the facts and what happened to them. */
export function EmployeePage({ id }: { readonly id: string }) {
  const t = useTranslations("people");
  const slug = useTenantSlug();
  const found = trpc.people.employee.get.useQuery({ id });
  const people = { label: t("title"), href: `/${slug}/people` };
  return (
    <>
      <Trail items={[people, { label: found.data?.fullName ?? t("one") }]} />
      {found.isPending ? <RecordSkeleton /> : null}
      {found.error ? <QueryError error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data ? <Record employee={found.data} /> : null}
    </>
  );
}

function Record({ employee }: { readonly employee: EmployeeRecord }) {
  const t = useTranslations("people.record");
  const url = useUrlState();
  const [isEditing, setIsEditing] = useState(false);
  const { id, fullName, status, isEditable } = employee;
  return (
    <>
      <div className="flex items-start gap-4">
        <Avatar name={fullName} size="lg" className="max-sm:hidden" />
        <div className="min-w-0 grow">
          <PageHeader
            title={fullName}
            status={<EmployeeStatusBadge status={status} />}
            description={<HeaderFacts employee={employee} />}
            action={
              isEditable ? (
                <Button variant="primary" icon={<Pencil aria-hidden />} onClick={() => setIsEditing(true)}>
                  {t("edit")}
                </Button>
              ) : undefined
            }
          />
        </div>
      </div>
      <Tabs
        label={fullName}
        value={url.get("tab") === "history" ? "history" : "overview"}
        onChange={(tab) => url.set({ tab: tab === "overview" ? "" : tab })}
        tabs={[
          { id: "overview", label: t("overview"), content: <EmployeeFacts employee={employee} /> },
          { id: "history", label: t("history"), content: <EmployeeHistory id={id} /> },
        ]}
      />
      {isEditing ? <EditEmployeeSheet employee={employee} onClose={() => setIsEditing(false)} /> : null}
    </>
  );
}

/** The line of facts under the name: code, work, place, manager, and when it began or ended. */
function HeaderFacts({ employee }: { readonly employee: EmployeeRecord }) {
  const t = useTranslations("people.record");
  const slug = useTenantSlug();
  const { code, designation, department, location, manager, joinedOn, leftOn, status } = employee;
  const joined = t(status === "joining" ? "joinsOn" : "joinedOn", { date: formatDate(joinedOn) });
  const ended = status === "left" && leftOn !== null ? t("leftOn", { date: formatDate(leftOn) }) : joined;
  const facts = [code, designation, department.name, location.name, ended].filter((fact) => fact !== null);
  return (
    <>
      {facts.join(" · ")}
      {manager === null ? null : (
        <>
          {" · "}
          {t.rich("reportsTo", { name: manager.name, link: (name) => <TextLink href={`/${slug}/people/${manager.id}`}>{name}</TextLink> })}
        </>
      )}
    </>
  );
}

function RecordSkeleton() {
  return (
    <div className="flex flex-col gap-5">
      <Skeleton className="h-12 w-72" />
      <SkeletonText lines={6} />
    </div>
  );
}
