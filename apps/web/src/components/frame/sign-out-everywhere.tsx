"use client";

import { Button, Dialog } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { trpc } from "../../client/trpc.ts";
import { useAppError } from "../../client/use-app-error.ts";

export interface SignOutEverywhereProps {
  readonly slug: string;
  readonly company: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Asks, then ends every session of the person. */
export function SignOutEverywhere({ slug, company, open, onOpenChange }: SignOutEverywhereProps) {
  const t = useTranslations("common.person");
  const ui = useTranslations("ui");
  const explain = useAppError();
  const end = trpc.identity.session.signOutEverywhere.useMutation({
    onSuccess: () => window.location.assign(`/${slug}/sign-in?why=everywhere`),
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("signOutEverywhereTitle")}
      description={t("signOutEverywhereText", { company })}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{ui("cancel")}</Button>
          <Button variant="danger" isLoading={end.isPending} onClick={() => end.mutate()}>
            {t("signOutEverywhere")}
          </Button>
        </>
      }
    >
      {end.error ? <p role="alert" className="text-danger">{explain(end.error).message}</p> : null}
    </Dialog>
  );
}
