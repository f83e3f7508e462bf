import { classNames } from "./class-names.ts";
import { initials } from "./initials.ts";

export interface AvatarProps {
  /** The person's name as they write it. */
  readonly name: string;
  readonly size?: "sm" | "md" | "lg" | undefined;
  /** A company is square, a person round. */
  readonly shape?: "person" | "company" | undefined;
  readonly className?: string | undefined;
}

const sizes = { sm: "size-6 text-xs", md: "size-8 text-sm", lg: "size-12 text-lg" };

/** The initials of a name. Always beside the name itself, hence silent to a screen reader. */
export function Avatar({ name, size = "md", shape = "person", className }: AvatarProps) {
  return (
    <span
      aria-hidden
      className={classNames(
        "inline-flex shrink-0 items-center justify-center bg-accent-soft font-semibold text-accent-text select-none",
        sizes[size],
        shape === "person" ? "rounded-full" : "rounded-md bg-accent text-accent-ink",
        className,
      )}
    >
      {shape === "person" ? initials(name) : initials(name).slice(0, 1)}
    </span>
  );
}

export interface PersonProps {
  readonly name: string;
  /** A second line: employee code, department. */
  readonly detail?: string | undefined;
  readonly size?: "sm" | "md" | undefined;
}

/** A person in a line of a list: initials, name, and a quieter second line. */
export function Person({ name, detail, size = "sm" }: PersonProps) {
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-2">
      <Avatar name={name} size={size} />
      <span className="flex min-w-0 flex-col">
        <span className="truncate font-medium">{name}</span>
        {detail === undefined ? null : <span className="truncate text-xs font-normal text-ink-soft">{detail}</span>}
      </span>
    </span>
  );
}
