import { classNames } from "./class-names.ts";

/** The place of something that is on its way, of the very size it will have. It stands still: nothing moves while one waits.
 *  By its data attribute a test, or a print, knows that the page is not complete yet. */
export function Skeleton({ className }: { readonly className?: string | undefined }) {
  return <span aria-hidden data-skeleton="" className={classNames("block h-4 rounded-sm bg-sunken", className)} />;
}

/** Lines of text on their way. */
export function SkeletonText({ lines = 3 }: { readonly lines?: number | undefined }) {
  return (
    <span aria-hidden className="flex flex-col gap-2">
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} className={line === lines - 1 ? "w-2/3" : "w-full"} />
      ))}
    </span>
  );
}
