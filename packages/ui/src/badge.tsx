import { Ban, CircleAlert, CircleCheck, CircleDashed, CircleDot } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

/** What a status means to the person who reads it. */
export type Tone = "neutral" | "info" | "good" | "attention" | "danger";

const tones: Record<Tone, string> = {
  neutral: "bg-sunken text-ink-soft",
  info: "bg-accent-soft text-accent-text",
  good: "bg-good-soft text-good",
  attention: "bg-attention-soft text-attention",
  danger: "bg-danger-soft text-danger",
};

const icons = { neutral: CircleDashed, info: CircleDot, good: CircleCheck, attention: CircleAlert, danger: Ban };

export interface BadgeProps {
  readonly tone?: Tone | undefined;
  readonly icon?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A word or a count set apart. */
export function Badge({ tone = "neutral", icon, className, children }: BadgeProps) {
  return (
    <span
      className={classNames(
        "inline-flex h-5 max-w-full align-middle items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap tabular-nums [&_svg]:size-3.5 [&_svg]:shrink-0",
        tones[tone],
        className,
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}

/** A state in one word, with a sign of its own so that colour is never the only one. */
export function StatusBadge({ tone = "neutral", children, className }: Omit<BadgeProps, "icon">) {
  const Icon = icons[tone];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />} className={className}>
      {children}
    </Badge>
  );
}
