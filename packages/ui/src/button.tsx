"use client";

import { LoaderCircle } from "lucide-react";
import type { ComponentPropsWithRef, MouseEvent, ReactNode } from "react";
import { buttonVariants } from "./button-variants.ts";
import type { ButtonLooks } from "./button-variants.ts";
import { classNames } from "./class-names.ts";
import { Link } from "./link.tsx";
import type { LinkProps } from "./link.tsx";
import { Tooltip } from "./tooltip.tsx";

type NativeButton = Omit<ComponentPropsWithRef<"button">, "disabled">;

export interface ButtonProps extends NativeButton, ButtonLooks {
  /** Why it cannot be pressed now. It then stays in the tab order and tells the reason on hover, focus and press. */
  readonly disabledReason?: string | undefined;
  /** The act is under way: a second press does nothing. */
  readonly isLoading?: boolean | undefined;
  /** Stands in place of the children while loading, e.g. "Saving…". */
  readonly loadingLabel?: string | undefined;
  /** A lucide icon before the text. */
  readonly icon?: ReactNode;
}

/** A verb. There is no `disabled`: a button that does nothing says why (`disabledReason`). */
export function Button(props: ButtonProps) {
  const { variant, size, disabledReason, isLoading = false, loadingLabel, icon, className, children, onClick, type = "button", ...rest } = props;
  const button = (
    <button
      {...rest}
      {...press(isLoading || disabledReason !== undefined, onClick)}
      type={type}
      aria-busy={isLoading || undefined}
      className={classNames(buttonVariants({ variant, size }), className)}
    >
      {isLoading ? <LoaderCircle aria-hidden className="animate-spin" /> : icon}
      {isLoading ? (loadingLabel ?? children) : children}
    </button>
  );
  if (disabledReason === undefined) return button;
  return (
    <Tooltip content={disabledReason} opensOnPress>
      {button}
    </Tooltip>
  );
}

export interface IconButtonProps extends NativeButton, ButtonLooks {
  /** What it does, in words; read aloud and shown as a tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly disabledReason?: string | undefined;
  readonly isLoading?: boolean | undefined;
  readonly tooltipSide?: "top" | "right" | "bottom" | "left" | undefined;
}

/** A button that is an icon only. */
export function IconButton(props: IconButtonProps) {
  const { label, icon, variant = "ghost", size, disabledReason, isLoading = false, tooltipSide, className, onClick, type = "button", ...rest } = props;
  return (
    <Tooltip content={disabledReason ?? label} side={tooltipSide} opensOnPress={disabledReason !== undefined}>
      <button
        {...rest}
        {...press(isLoading || disabledReason !== undefined, onClick)}
        type={type}
        aria-label={label}
        aria-busy={isLoading || undefined}
        className={classNames(buttonVariants({ variant, size, shape: "icon" }), className)}
      >
        {isLoading ? <LoaderCircle aria-hidden className="animate-spin" /> : icon}
      </button>
    </Tooltip>
  );
}

export interface ButtonLinkProps extends LinkProps, ButtonLooks {
  readonly icon?: ReactNode;
}

/** Looks like a button and goes somewhere. */
export function ButtonLink({ variant, size, icon, className, children, ...rest }: ButtonLinkProps) {
  return (
    <Link className={classNames(buttonVariants({ variant, size }), className)} {...rest}>
      {icon}
      {children}
    </Link>
  );
}

/** aria-disabled keeps a blocked button reachable, so its press and the submit it would cause are stopped here. */
function press(isBlocked: boolean, onClick: NativeButton["onClick"]): Pick<NativeButton, "aria-disabled" | "onClick"> {
  if (!isBlocked) return { onClick };
  return {
    "aria-disabled": true,
    onClick: (event: MouseEvent<HTMLButtonElement>) => {
      event.preventDefault();
    },
  };
}
