import type { ComponentProps } from "react";

/** Heard by a screen reader, not seen. */
export function VisuallyHidden(props: ComponentProps<"span">) {
  return <span className="sr-only" {...props} />;
}
