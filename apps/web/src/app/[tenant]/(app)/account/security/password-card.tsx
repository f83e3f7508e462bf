"use client";

import { Button, Card, toast } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { trpc } from "../../../../../client/trpc.ts";
import { useMe } from "../../../../../components/frame/me.ts";
import { ChoosePasswordForm } from "../../../../../components/password/choose-password-form.tsx";
import { EmailForm } from "./email-form.tsx";

/** The address and the password with which the person signs in. */
export function PasswordCard() {
  const t = useTranslations("identity.ownPassword");
  const { member } = useMe();
  const [open, setOpen] = useState<"password" | "email">();
  const change = trpc.identity.credentials.changePassword.useMutation();
  const close = () => setOpen(undefined);
  return (
    <Card title={t("title")} description={t("text", { email: member.email })}>
      <div className="flex flex-col gap-5">
        <div className="flex flex-wrap gap-2">
          <Button aria-expanded={open === "password"} onClick={() => setOpen(open === "password" ? undefined : "password")}>
            {t("changePassword")}
          </Button>
          <Button aria-expanded={open === "email"} onClick={() => setOpen(open === "email" ? undefined : "email")}>
            {t("changeEmail")}
          </Button>
        </div>
        {open === "password" ? (
          <ChoosePasswordForm
            email={member.email}
            submitLabel={t("savePassword")}
            onChoose={async (password) => {
              await change.mutateAsync({ password });
              toast.success(t("changed"));
              close();
            }}
          />
        ) : null}
        {open === "email" ? <EmailForm onSent={close} /> : null}
      </div>
    </Card>
  );
}
