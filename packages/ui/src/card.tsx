import { ArrowUpRight } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Link } from "./link.tsx";

export interface CardProps {
  readonly title?: ReactNode;
  readonly description?: ReactNode;
  /** At the right of the title: a link or a small button. */
  readonly action?: ReactNode;
  /** Without padding, for a list or a table that reaches the edges. */
  readonly isFlush?: boolean | undefined;
  readonly className?: string | undefined;
  readonly children?: ReactNode;
}

/** One matter on the page. */
export function Card({ title, description, action, isFlush = false, className, children }: CardProps) {
  return (
    <section data-keep-together className={classNames("flex min-w-0 flex-col rounded-lg border border-line bg-surface", className)}>
      {title === undefined ? null : (
        <header className="flex items-start justify-between gap-3 px-4 pt-3.5 pb-2">
          <div className="min-w-0">
            <h2 className="font-semibold">{title}</h2>
            {description === undefined ? null : <p className="text-sm text-ink-soft">{description}</p>}
          </div>
          {action}
        </header>
      )}
      <div className={classNames("min-w-0 grow", !isFlush && "p-4", title !== undefined && "pt-1")}>{children}</div>
    </section>
  );
}

export interface StatProps {
  readonly label: ReactNode;
  /** The number, formatted. */
  readonly value: ReactNode;
  /** Opens the very list that the number counts. */
  readonly href: string;
  /** What it was or what it means: "6 joined this month". */
  readonly detail?: ReactNode;
  readonly icon?: ReactNode;
  readonly tone?: "neutral" | "attention" | "danger" | undefined;
}

const statTones = { neutral: "text-ink", attention: "text-attention", danger: "text-danger" };

/** A number that opens the list it counts. */
export function Stat({ label, value, href, detail, icon, tone = "neutral" }: StatProps) {
  return (
    <Link
      href={href}
      className="group flex min-w-0 flex-col gap-1 rounded-lg border border-line bg-surface p-4 transition-colors hover:border-line-strong max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:items-baseline max-sm:py-3"
    >
      <span className="flex items-center gap-2 text-ink-soft [&_svg]:size-4">
        {icon}
        <span className="truncate">{label}</span>
        <ArrowUpRight aria-hidden className="ml-auto shrink-0 text-ink-faint opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100 max-sm:hidden" />
      </span>
      <span className={classNames("text-2xl font-semibold tracking-tight tabular-nums max-sm:text-lg", statTones[tone])}>{value}</span>
      {detail === undefined ? null : <span className="text-sm text-ink-soft">{detail}</span>}
    </Link>
  );
}

/** A row of stats; on a phone each is a line of its own. */
export function StatGrid({ children }: { readonly children: ReactNode }) {
  return <div className="grid gap-3 max-sm:gap-2 sm:grid-cols-[repeat(auto-fit,minmax(12rem,1fr))]">{children}</div>;
}
