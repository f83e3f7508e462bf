"use client";

import { buttonVariants } from "@atrium/ui";
import { useTranslations } from "next-intl";

export interface SsoLinksProps {
  readonly slug: string;
  /** Where the person wanted to go: a path of this company. */
  readonly next: string;
  readonly providers: readonly { readonly id: string; readonly name: string }[];
}

/** The ways in by the company's own identity providers. Plain links: they leave the application, and nothing may fetch them ahead. */
export function SsoLinks({ slug, next, providers }: SsoLinksProps) {
  const t = useTranslations("security.link");
  if (providers.length === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      {providers.map(({ id, name }) => (
        <a key={id} className={buttonVariants()} href={`/${slug}/api/sso/start?${new URLSearchParams({ connection: id, next }).toString()}`}>
          {t("continueWith", { name })}
        </a>
      ))}
    </div>
  );
}
