"use client";

import { useMessages, useTranslations } from "next-intl";
import { useMemo } from "react";
import { z } from "zod";

/**
 * A contract's schema whose codes are said in words: what `useZodForm` checks with. A domain's schemas report codes as their
 * messages, so that the server, an import and a form say the same sentence. `Input` is what the form's fields hold.
 */
export function useWordedSchema<Output, Input>(schema: z.ZodType<Output>): z.ZodType<Output, Input> {
  const t = useTranslations("errors");
  const { errors } = useMessages();
  return useMemo(() => {
    const isKnown = (code: string): code is keyof typeof errors => Object.hasOwn(errors, code);
    return z.custom<Input>().transform((input, context): Output => {
      const read = schema.safeParse(input);
      if (read.success) return read.data;
      for (const { path, message } of read.error.issues) context.addIssue({ code: "custom", path, message: isKnown(message) ? t(message) : message });
      return z.NEVER;
    });
  }, [schema, t, errors]);
}
