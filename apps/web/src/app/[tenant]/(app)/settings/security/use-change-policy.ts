"use client";

import { toast } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { trpc } from "../../../../../client/trpc.ts";

/** Changes what the company asks of everybody, and shows what has become of it. */
export function useChangePolicy() {
  const t = useTranslations("security");
  const { identity } = trpc.useUtils();
  return trpc.identity.security.update.useMutation({
    onSuccess: (policy) => {
      identity.security.get.setData(undefined, policy);
      toast.success(t("saved"));
    },
  });
}
