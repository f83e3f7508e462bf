import { classNames } from "./class-names.ts";
import { Link } from "./link.tsx";
import type { LinkProps } from "./link.tsx";

/** A link within a text. */
export function TextLink({ className, ...rest }: LinkProps) {
  return (
    <Link
      className={classNames("rounded-sm text-accent-text underline decoration-1 underline-offset-3 hover:decoration-2", className)}
      {...rest}
    />
  );
}
