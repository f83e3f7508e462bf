import type { Permission } from "@atrium/kernel";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { requireMe } from "./page-context.ts";

interface LayoutProps {
  readonly params: Promise<{ readonly tenant: string }>;
  readonly children: ReactNode;
}

/** A layout whose pages are there for whoever holds the permission; for everybody else they are not. */
export function onlyFor(permission: Permission) {
  return async function OnlyForLayout({ params, children }: LayoutProps): Promise<ReactNode> {
    const { grants } = await requireMe((await params).tenant);
    if (grants[permission] === undefined) notFound();
    return children;
  };
}
