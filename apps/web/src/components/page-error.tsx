"use client";

import { ButtonLink, ErrorState } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { useAppError } from "../client/use-app-error.ts";
import { refusalOf } from "../client/refusals.ts";
import { lastRequestId } from "../client/server-state.ts";

export interface PageErrorProps {
  readonly error: unknown;
  readonly retry: () => void;
  /** Where to go from here. */
  readonly home: string;
}

/** In place of a page that could not be shown: what happened, the request's id, and two ways on. */
export function PageError({ error, retry, home }: PageErrorProps) {
  const t = useTranslations("common");
  const explain = useAppError();
  useEffect(() => {
    console.error(error);
  }, [error]);
  const { message, requestId } = explain(error);
  const id = requestId ?? digestOf(error) ?? lastRequestId();
  return (
    <ErrorState
      title={t("error.title")}
      message={refusalOf(error) ? message : t("error.text")}
      requestId={id === undefined ? undefined : t("requestId", { id })}
      onRetry={retry}
      retryLabel={t("tryAgain")}
    >
      <ButtonLink href={home}>{t("goHome")}</ButtonLink>
    </ErrorState>
  );
}

/** Of an error on the server the browser is told this alone; the log has it beside the request's id. */
function digestOf(error: unknown): string | undefined {
  return typeof error === "object" && error !== null && "digest" in error && typeof error.digest === "string" ? error.digest : undefined;
}
