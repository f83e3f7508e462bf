"use client";

import { FieldError } from "@atrium/ui";
import { CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSlugCheck } from "./use-slug-check.ts";

/** Whether an address name can be had; read aloud when that changes. */
export function SlugWord({ slug }: { readonly slug: string }) {
  const t = useTranslations("company.signUp");
  const check = useSlugCheck(slug);
  return (
    <div role="status" className="-mt-3.5 min-h-5 text-sm text-ink-soft">
      {slug === "" ? null : check === undefined ? t("slugLooking") : null}
      {check?.problem === undefined ? null : <FieldError>{check.problem}</FieldError>}
      {check === undefined || check.problem !== undefined ? null : (
        <span className="flex items-start gap-1.5 text-good">
          <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span className="wrap-anywhere">{t("slugFree", { slug })}</span>
        </span>
      )}
    </div>
  );
}

/** How an address name is typed. */
export const slugInput = { autoCapitalize: "none", autoComplete: "off", spellCheck: false } as const;
