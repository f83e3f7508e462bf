"use client";

import { SignUp } from "@atrium/identity/contract";
import { plans, trialDays } from "@atrium/kernel";
import { Banner, Button, Form, FormField, Input, RadioGroup, TextLink, useZodForm } from "@atrium/ui";
import type { ZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { fetchRoute } from "../../client/refusals.ts";
import { useAppError } from "../../client/use-app-error.ts";
import { useWordedSchema } from "../../client/use-worded-schema.ts";
import { slugFrom } from "./slug-from.ts";
import { slugInput, SlugWord } from "./slug-word.tsx";

const empty = { company: "", slug: "", name: "", email: "", plan: "starter" };
type Typed = typeof empty;

/** Asks for what a company begins with, and has the link sent that makes it. */
export function SignUpForm() {
  const t = useTranslations("company.signUp");
  const [sent, setSent] = useState<SignUp>();
  const form = useZodForm({ schema: useWordedSchema<SignUp, Typed>(SignUp), defaultValues: empty });
  const explain = useAppError();
  const send = async (values: SignUp) => {
    try {
      await fetchRoute("/api/sign-up", { method: "POST", body: JSON.stringify(values) });
      setSent(values);
      return [];
    } catch (error) {
      return explain(error).problems;
    }
  };
  if (sent !== undefined) return <LinkSent sent={sent} onBack={() => setSent(undefined)} />;
  return (
    <>
      <p className="text-ink-soft">{t("text")}</p>
      <Fields form={form} onSubmit={send} />
      <p className="text-center text-ink-soft">
        {t("haveOne")} <TextLink href="/">{t("signIn")}</TextLink>
      </p>
    </>
  );
}

function Fields({ form, onSubmit }: { readonly form: ZodForm<Typed, SignUp>; readonly onSubmit: (values: SignUp) => unknown }) {
  const t = useTranslations("company.signUp");
  // Until somebody chooses one themselves, the address name follows the company's.
  const [isOwnSlug, setIsOwnSlug] = useState(form.getValues("slug") !== "");
  const slug = form.watch("slug").trim();
  return (
    <Form form={form} onSubmit={onSubmit}>
      <FormField control={form.control} name="company" label={t("company")}>
        {({ onChange, ...field }) => (
          <Input
            {...field}
            autoComplete="organization"
            onChange={(event) => {
              onChange(event);
              if (!isOwnSlug) form.setValue("slug", slugFrom(event.currentTarget.value));
            }}
          />
        )}
      </FormField>
      <FormField control={form.control} name="slug" label={t("slug")} help={t("slugHelp", { example: `/${slug === "" ? "acme" : slug}` })}>
        {({ onChange, ...field }) => (
          <Input
            {...field}
            {...slugInput}
            onChange={(event) => {
              setIsOwnSlug(true);
              onChange(event);
            }}
          />
        )}
      </FormField>
      {form.formState.errors.slug === undefined ? <SlugWord slug={slug} /> : null}
      <FormField control={form.control} name="name" label={t("name")}>
        {(field) => <Input {...field} autoComplete="name" />}
      </FormField>
      <FormField control={form.control} name="email" label={t("email")}>
        {(field) => <Input {...field} type="email" autoComplete="email" />}
      </FormField>
      <PlanField form={form} />
      <Button type="submit" variant="primary" isLoading={form.formState.isSubmitting} loadingLabel={t("submitting")}>
        {t("submit")}
      </Button>
    </Form>
  );
}

const cards = "grid gap-3 sm:grid-cols-2 [&>div]:rounded-lg [&>div]:border [&>div]:border-line [&>div]:p-3 [&>div:has([data-state=checked])]:border-accent";

function PlanField({ form }: { readonly form: ZodForm<Typed, SignUp> }) {
  const t = useTranslations("company");
  const options = plans.map((value) => ({ value, label: t(`plans.${value}.name`), help: t(`plans.${value}.text`) }));
  return (
    <FormField control={form.control} name="plan" label={t("signUp.plan")} help={t("signUp.planHelp", { days: trialDays })} isGroup>
      {(field) => <RadioGroup {...field} options={options} className={cards} />}
    </FormField>
  );
}

function LinkSent({ sent: { email, company }, onBack }: { readonly sent: SignUp; readonly onBack: () => void }) {
  const t = useTranslations("company.signUp");
  return (
    <>
      <Banner title={t("sentTitle")}>
        <span className="wrap-anywhere">{t("sentText", { email, company })}</span>
      </Banner>
      <p className="text-ink-soft">{t("sentNothing")}</p>
      <div>
        <Button onClick={onBack}>{t("again")}</Button>
      </div>
    </>
  );
}
