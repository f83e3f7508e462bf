"use client";

import { isTenantSlug } from "@atrium/kernel";
import { Button, Form, FormField, Input, Link, TextLink, useZodForm } from "@atrium/ui";
import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { z } from "zod";

export interface CompanyFormProps {
  readonly demo: readonly { readonly slug: string; readonly name: string }[];
}

export function CompanyForm({ demo }: CompanyFormProps) {
  const t = useTranslations("common.company");
  const router = useRouter();
  const slug = z.string().trim().toLowerCase().refine(isTenantSlug, { error: t("invalid") });
  const form = useZodForm({ schema: z.object({ slug }), defaultValues: { slug: "" } });
  return (
    <>
      <p className="text-ink-soft">{t("text", { example: "/acme" })}</p>
      <Form form={form} onSubmit={(values) => router.push(`/${values.slug}/sign-in`)}>
        <FormField control={form.control} name="slug" label={t("label")}>
          {(field) => <Input {...field} autoCapitalize="none" autoComplete="organization" spellCheck={false} />}
        </FormField>
        <Button type="submit" variant="primary">
          {t("continue")}
        </Button>
      </Form>
      <p className="text-center text-ink-soft">
        {t("new")} <TextLink href="/sign-up">{t("signUp")}</TextLink>
      </p>
      {demo.length === 0 ? null : (
        <nav aria-label={t("demo")} className="flex flex-col gap-2 border-t border-line pt-5">
          <p className="text-sm text-ink-soft">{t("demo")}</p>
          {demo.map((company) => (
            <Link
              key={company.slug}
              href={`/${company.slug}/sign-in`}
              className="flex items-center justify-between rounded-lg border border-line px-3 py-2 font-medium transition-colors hover:border-line-strong"
            >
              {company.name}
              <ChevronRight aria-hidden className="size-4 text-ink-faint" />
            </Link>
          ))}
        </nav>
      )}
    </>
  );
}
