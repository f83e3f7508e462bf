import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { requireMe } from "../../../../server/page-context.ts";

interface PayLayoutProps {
  readonly params: Promise<{ readonly tenant: string }>;
  readonly children: ReactNode;
}

/** Pay is there for whoever runs the payroll; for everybody else it is not. */
export default async function PayLayout({ params, children }: PayLayoutProps) {
  const me = await requireMe((await params).tenant);
  if (me.grants["payroll:read"] === undefined) notFound();
  return children;
}
