import { cva } from "class-variance-authority";
import type { VariantProps } from "class-variance-authority";

/** The looks of a button, for whatever element must look like one. */
export const buttonVariants = cva(
  [
    "inline-flex shrink-0 items-center justify-center gap-2 rounded-lg border font-medium whitespace-nowrap select-none",
    "transition-colors [&_svg]:size-4 [&_svg]:shrink-0 print:hidden",
    "aria-disabled:cursor-not-allowed aria-disabled:border-line aria-disabled:bg-sunken aria-disabled:text-ink-faint aria-disabled:shadow-none",
  ],
  {
    variants: {
      variant: {
        primary: "border-transparent bg-accent text-accent-ink shadow-sm hover:bg-accent-hover",
        secondary: "border-line bg-surface text-ink shadow-sm hover:bg-sunken",
        ghost: "border-transparent bg-transparent text-ink-soft hover:bg-sunken hover:text-ink aria-disabled:border-transparent aria-disabled:bg-transparent",
        danger: "border-transparent bg-danger-fill text-danger-ink shadow-sm hover:bg-danger-fill-hover",
      },
      size: {
        sm: "h-7 px-2.5 text-sm max-sm:h-9",
        md: "h-8 px-3 text-base max-sm:h-10",
        lg: "h-10 px-4 text-base",
      },
      shape: { text: "", icon: "aspect-square px-0" },
    },
    defaultVariants: { variant: "secondary", size: "md", shape: "text" },
  },
);

export type ButtonLooks = Omit<VariantProps<typeof buttonVariants>, "shape">;
