"use client";

import type { FieldProblem } from "@atrium/ui";
import { useMessages, useTranslations } from "next-intl";
import { useCallback } from "react";
import { isUnreachable, refusalOf } from "./refusals.ts";

/** A refusal in words. */
export interface AppErrorText {
  /** What happened and what to do. */
  readonly message: string;
  /** For support; undefined when the server was never reached. */
  readonly requestId: string | undefined;
  /** The same, field by field, for a form. Never empty. */
  readonly problems: readonly FieldProblem[];
}

/** Translates whatever a call threw: `const explain = useAppError(); … explain(error).message`. */
export function useAppError(): (error: unknown) => AppErrorText {
  const t = useTranslations("errors");
  const { errors: sentences } = useMessages();
  return useCallback(
    (error: unknown) => {
      const isKnown = (code: string): code is keyof typeof sentences => Object.hasOwn(sentences, code);
      return explain(error, (code, params = {}) => t(isKnown(code) ? code : "unknown", params));
    },
    [t, sentences],
  );
}

type Say = (code: string, params?: Readonly<Record<string, string | number>>) => string;

function explain(error: unknown, say: Say): AppErrorText {
  const refusal = refusalOf(error);
  if (!refusal) {
    const message = say(isUnreachable(error) ? "unreachable" : "unknown");
    return { message, requestId: undefined, problems: [{ message }] };
  }
  const { code, field, fields = [], requestId } = refusal;
  const message = say(code, refusal.params);
  const problems = fields.length > 0 ? fields.map((one) => ({ field: one.field, message: say(one.code, one.params) })) : [{ field, message }];
  return { message, requestId, problems };
}
