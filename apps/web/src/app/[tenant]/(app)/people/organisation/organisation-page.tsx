"use client";

import type { Organisation } from "@atrium/people/contract";
import { Card, EmptyState, PageHeader, SkeletonText, TextLink } from "@atrium/ui";
import { Building2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useTenantSlug } from "../../../../../client/tenant-client.tsx";
import { trpc } from "../../../../../client/trpc.ts";
import { useGrant } from "../../../../../components/frame/me.ts";
import { Trail } from "../../../../../components/frame/trail.tsx";
import { QueryError } from "../../../../../components/query-error.tsx";
import { AddDepartmentForm, AddLocationForm } from "./add-forms.tsx";
import { useStateName } from "./use-state-name.ts";

/** The departments and locations of the company, and a way to add one. */
export function OrganisationPage() {
  const t = useTranslations("people");
  const slug = useTenantSlug();
  const found = trpc.people.organisation.list.useQuery();
  return (
    <>
      <Trail items={[{ label: t("title"), href: `/${slug}/people` }, { label: t("organisation.title") }]} />
      <PageHeader title={t("organisation.title")} description={t("organisation.text")} />
      {found.isPending ? <SkeletonText lines={6} /> : null}
      {found.error ? <QueryError error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data ? <Lists organisation={found.data} /> : null}
    </>
  );
}

function Lists({ organisation: { departments, locations } }: { readonly organisation: Organisation }) {
  const t = useTranslations("people.organisation");
  const stateName = useStateName();
  const canAdd = useGrant("people:write") !== undefined;
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
      <Card title={t("departments")}>
        <Names empty={t("emptyDepartments")} items={departments.map(({ id, name }) => ({ id, name, filter: "departmentId" }))} />
        {canAdd ? <AddDepartmentForm /> : null}
      </Card>
      <Card title={t("locations")}>
        <Names empty={t("emptyLocations")} items={locations.map(({ id, name, state }) => ({ id, name, filter: "locationId", detail: stateName(state) }))} />
        {canAdd ? <AddLocationForm /> : null}
      </Card>
    </div>
  );
}

interface NamesProps {
  readonly empty: string;
  readonly items: readonly { readonly id: string; readonly name: string; readonly filter: string; readonly detail?: ReactNode }[];
}

/** Each name opens the people in it. */
function Names({ empty, items }: NamesProps) {
  const slug = useTenantSlug();
  if (items.length === 0) return <EmptyState icon={<Building2 aria-hidden />} title={empty} />;
  return (
    <ul className="mb-4">
      {items.map(({ id, name, filter, detail }) => (
        <li key={id} className="flex items-baseline justify-between gap-3 border-b border-line py-2 last:border-b-0">
          <TextLink href={`/${slug}/people?${filter}=${id}`}>{name}</TextLink>
          <span className="text-ink-soft">{detail}</span>
        </li>
      ))}
    </ul>
  );
}
