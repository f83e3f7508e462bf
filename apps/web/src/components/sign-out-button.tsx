"use client";

import { Button, toast } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { signOutOf } from "../client/circuit.ts";
import { useAppError } from "../client/use-app-error.ts";

/** The way out of a company, for a page that has no menu. */
export function SignOutButton({ slug }: { readonly slug: string }) {
  const t = useTranslations("common.person");
  const explain = useAppError();
  const [isLeaving, setIsLeaving] = useState(false);
  const signOut = async (): Promise<void> => {
    setIsLeaving(true);
    try {
      await signOutOf(slug);
      window.location.assign(`/${slug}/sign-in?why=signed-out`);
    } catch (error) {
      setIsLeaving(false);
      toast.error(explain(error).message);
    }
  };
  return (
    <Button onClick={() => void signOut()} isLoading={isLeaving}>
      {t("signOut")}
    </Button>
  );
}
