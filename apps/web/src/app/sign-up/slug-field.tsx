"use client";

import { FieldError, FormField, Input } from "@atrium/ui";
import { CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useWatch } from "react-hook-form";
import type { Control, FieldPathByValue, FieldValues } from "react-hook-form";
import { useSlugCheck } from "./use-slug-check.ts";

interface SlugFieldProps<Input extends FieldValues, Output> {
  readonly control: Control<Input, unknown, Output>;
  readonly name: FieldPathByValue<Input, string>;
  /** Somebody types one themselves. */
  readonly onOwn?: () => void;
}

/** The address name, and whether it can be had. */
export function SlugField<Typed extends FieldValues, Output>({ control, name, onOwn }: SlugFieldProps<Typed, Output>) {
  const t = useTranslations("company.signUp");
  const slug: string = useWatch({ control, name });
  return (
    <div className="flex flex-col gap-1.5">
      <FormField control={control} name={name} label={t("slug")} help={t("slugHelp", { example: `/${slug === "" ? "acme" : slug}` })}>
        {({ onChange, ...field }) => (
          <Input
            {...field}
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              onOwn?.();
              onChange(event);
            }}
          />
        )}
      </FormField>
      <SlugWord slug={slug} />
    </div>
  );
}

/** Read aloud when it changes. */
function SlugWord({ slug }: { readonly slug: string }) {
  const t = useTranslations("company.signUp");
  const check = useSlugCheck(slug);
  return (
    <div role="status" className="min-h-5 text-sm text-ink-soft">
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
