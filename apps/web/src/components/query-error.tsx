"use client";

import { ErrorState } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useAppError } from "../client/use-app-error.ts";

/** In place of what a query would have shown: why it is not there, and a way to ask again. */
export function QueryError({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const t = useTranslations("common");
  const { message, requestId } = useAppError()(error);
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
