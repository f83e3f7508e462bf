"use client";

import type { AuditItem } from "@atrium/identity/contract";
import { TextLink } from "@atrium/ui";
import { useTenantSlug } from "../../../../../client/tenant-client.tsx";
import { useMe } from "../../../../../components/frame/me.ts";
import { recordPlace, spelledEntity } from "./words.ts";

/** What was done something to: its kind and its id, which leads to its page where there is one for this person. */
export function RecordLink({ entity, entityId }: Pick<AuditItem, "entity" | "entityId">) {
  const slug = useTenantSlug();
  const { grants } = useMe();
  const place = recordPlace(entity, entityId);
  const isOpen = place !== undefined && grants[place.permission] !== undefined;
  return (
    <span className="flex min-w-0 flex-col">
      <span className="truncate">{spelledEntity(entity)}</span>
      <span className="truncate text-xs text-ink-soft">{isOpen ? <TextLink href={`/${slug}/${place.path}`}>{entityId}</TextLink> : entityId}</span>
    </span>
  );
}
