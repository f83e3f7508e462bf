"use client";

import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { Toaster as Sonner } from "sonner";
import { useUi } from "./ui-provider.tsx";

export { toast } from "sonner";

const icons = {
  success: <CircleCheck aria-hidden className="size-4 text-good" />,
  info: <Info aria-hidden className="size-4 text-accent-text" />,
  warning: <TriangleAlert aria-hidden className="size-4 text-attention" />,
  error: <CircleAlert aria-hidden className="size-4 text-danger" />,
};

/** Where toasts appear; once, at the root. A toast confirms what happened and is never the only trace of an error. */
export function Toaster() {
  const { t } = useUi();
  return (
    <Sonner
      position="bottom-right"
      mobileOffset={{ bottom: "4.5rem" }}
      gap={8}
      icons={icons}
      containerAriaLabel={t("notifications")}
      className="print:hidden"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: "flex w-(--width) items-center gap-2.5 rounded-lg border border-line bg-raised px-3.5 py-3 font-sans text-base text-ink shadow-lg",
          content: "flex min-w-0 grow flex-col",
          title: "font-medium",
          description: "text-sm text-ink-soft",
          actionButton: "h-7 shrink-0 rounded-md border border-line bg-surface px-2.5 text-sm font-medium hover:bg-sunken",
        },
      }}
    />
  );
}
