"use client";

import { ConfirmSignUp, SignUpDone } from "@atrium/identity/contract";
import type { SignUpPreview } from "@atrium/identity/contract";
import { Banner, Button, Form, FormField, Input, KeyValueList, useZodForm } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { fetchRoute, refusalOf } from "../../../client/refusals.ts";
import { useAppError } from "../../../client/use-app-error.ts";
import { useWordedSchema } from "../../../client/use-worded-schema.ts";
import { slugInput, SlugWord } from "../slug-word.tsx";

interface ConfirmFormProps {
  readonly token: string;
  readonly preview: SignUpPreview;
  /** The link itself is over. */
  readonly onRefused: (error: unknown) => void;
}

interface Typed {
  readonly token: string;
  readonly password: string;
  readonly slug: string;
}

const linkCodes = ["sign-up/already-confirmed", "sign-up/link-invalid"];

/** Shows what will be made, and makes it with one click. */
export function ConfirmForm({ token, preview, onRefused }: ConfirmFormProps) {
  const t = useTranslations("company.confirm");
  const explain = useAppError();
  const [isSlugTaken, setIsSlugTaken] = useState(preview.isSlugTaken);
  const [isLeaving, setIsLeaving] = useState(false);
  const form = useZodForm({ schema: useWordedSchema<ConfirmSignUp, Typed>(ConfirmSignUp), defaultValues: { token, password: "", slug: preview.slug } });
  const confirm = async (values: ConfirmSignUp) => {
    try {
      const answer = await fetchRoute("/api/sign-up/confirm", { method: "POST", body: JSON.stringify(values) });
      const { slug } = SignUpDone.parse(await answer.json());
      setIsLeaving(true);
      window.location.assign(`/${slug}`);
      return [];
    } catch (error) {
      const code = refusalOf(error)?.code ?? "";
      if (linkCodes.includes(code)) onRefused(error);
      if (code === "company/slug-taken") setIsSlugTaken(true);
      return explain(error).problems;
    }
  };
  return (
    <>
      <p className="text-ink-soft">{t("text")}</p>
      <Facts preview={preview} />
      <Form form={form} onSubmit={confirm}>
        {/* For the password manager: whose password it is. */}
        <input type="hidden" name="username" autoComplete="username" value={preview.email} readOnly />
        {isSlugTaken ? (
          <>
            <Banner tone="attention" title={t("slugTaken", { slug: preview.slug })} />
            <FormField control={form.control} name="slug" label={t("slug")}>
              {(field) => <Input {...field} {...slugInput} />}
            </FormField>
            <SlugWord slug={form.watch("slug").trim()} />
          </>
        ) : null}
        <FormField control={form.control} name="password" label={t("password")} help={t("passwordHelp")}>
          {(field) => <Input {...field} type="password" autoComplete="new-password" />}
        </FormField>
        <Button type="submit" variant="primary" isLoading={form.formState.isSubmitting || isLeaving} loadingLabel={t("submitting")}>
          {t("submit")}
        </Button>
      </Form>
    </>
  );
}

function Facts({ preview: { company, slug, name, email, plan } }: { readonly preview: SignUpPreview }) {
  const t = useTranslations("company.confirm");
  const planName = useTranslations("company.plans");
  return (
    <KeyValueList
      items={[
        { key: "company", label: t("company"), value: <span className="wrap-anywhere">{company}</span> },
        { key: "address", label: t("address"), value: <span className="wrap-anywhere">{`/${slug}`}</span> },
        { key: "owner", label: t("owner"), value: <span className="wrap-anywhere">{`${name}, ${email}`}</span> },
        { key: "plan", label: t("plan"), value: planName(`${plan}.name`) },
      ]}
    />
  );
}
