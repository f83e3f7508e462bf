"use client";

import { CircleAlert, Info, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "./button.tsx";
import { classNames } from "./class-names.ts";
import { useUi } from "./ui-provider.tsx";

export interface BannerProps {
  /** `danger` and `attention` interrupt a screen reader, `info` waits its turn. */
  readonly tone?: "info" | "attention" | "danger" | undefined;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** Given only when the person may put it away. */
  readonly onDismiss?: (() => void) | undefined;
  readonly className?: string | undefined;
}

const looks = {
  info: { icon: Info, box: "border-accent/30 bg-accent-soft", sign: "text-accent-text" },
  attention: { icon: TriangleAlert, box: "border-attention/35 bg-attention-soft", sign: "text-attention" },
  danger: { icon: CircleAlert, box: "border-danger/40 bg-danger-soft", sign: "text-danger" },
};

/** News that concerns the page or the whole application, in its flow. */
export function Banner({ tone = "info", title, children, action, onDismiss, className }: BannerProps) {
  const { icon: Icon, box, sign } = looks[tone];
  return (
    <div role={tone === "info" ? "status" : "alert"} className={classNames("flex items-start gap-2.5 rounded-lg border px-3 py-2.5", box, className)}>
      <Icon aria-hidden className={classNames("mt-0.5 size-4 shrink-0", sign)} />
      <div className="flex min-w-0 grow flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-48 grow">
          <p className="font-medium">{title}</p>
          {children === undefined ? null : <div className="text-ink-soft">{children}</div>}
        </div>
        {action}
      </div>
      {onDismiss === undefined ? null : <DismissButton onDismiss={onDismiss} />}
    </div>
  );
}

function DismissButton({ onDismiss }: { readonly onDismiss: () => void }) {
  const { t } = useUi();
  return <IconButton label={t("close")} icon={<X aria-hidden />} size="sm" className="-my-1 -mr-1.5" onClick={onDismiss} />;
}
