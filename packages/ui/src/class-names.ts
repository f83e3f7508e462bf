import { clsx } from "clsx";
import type { ClassValue } from "clsx";
import { twMerge } from "tailwind-merge";

/** Joins class names; where two set the same property the later one wins, so that a caller's `className` is obeyed. */
export function classNames(...values: ClassValue[]): string {
  return twMerge(clsx(values));
}
