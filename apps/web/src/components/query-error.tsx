"use client";

import { ButtonLink, EmptyState, ErrorState } from "@atrium/ui";
import { SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { refusalOf } from "../client/refusals.ts";
import { useTenantSlug } from "../client/tenant-client.tsx";
import { useAppError } from "../client/use-app-error.ts";

/** In place of what a query would have shown: why it is not there, and a way to ask again. */
export function QueryError({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const t = useTranslations("common");
  const { message, requestId } = useAppError()(error);
  // Asking again would bring the same answer: what is not there, or not theirs to see, is no fault.
  if (/[/-]not-found$/.test(refusalOf(error)?.code ?? "")) return <NothingHere message={message} />;
  return (
    <ErrorState
      title={t("error.notLoaded")}
      message={message}
      requestId={requestId === undefined ? undefined : t("requestId", { id: requestId })}
      onRetry={onRetry}
      retryLabel={t("tryAgain")}
    />
  );
}

function NothingHere({ message }: { readonly message: string }) {
  const t = useTranslations("common");
  const home = `/${useTenantSlug()}`;
  return <EmptyState icon={<SearchX aria-hidden />} title={t("notFound.title")} body={message} action={<ButtonLink href={home}>{t("goHome")}</ButtonLink>} />;
}
