"use client";

import type { LinkPurpose, OpenedLink } from "@atrium/identity/contract";
import { Banner, SkeletonText } from "@atrium/ui";
import type { ReactNode } from "react";
import { useLink } from "../client/use-link.ts";
import { useAppError } from "../client/use-app-error.ts";

export interface LinkPageProps {
  readonly purpose: LinkPurpose;
  /** What to do when the link does not open. */
  readonly otherwise: ReactNode;
  readonly children: (link: OpenedLink & { readonly secret: string }) => ReactNode;
}

/** What stands behind a link from a mail: shown to whoever has it, as long as it opens. */
export function LinkPage({ purpose, otherwise, children }: LinkPageProps) {
  const explain = useAppError();
  const { secret, link, error } = useLink(purpose);
  if (link) return children({ ...link, secret });
  if (!error) return <SkeletonText lines={4} />;
  return (
    <>
      <Banner tone="danger" title={explain(error).message} />
      {otherwise}
    </>
  );
}
