"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Link } from "./link.tsx";
import { menuItemLooks, popupLooks } from "./popup-looks.ts";

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** Goes there; otherwise `onSelect` acts. */
  readonly href?: string | undefined;
  readonly onSelect?: (() => void) | undefined;
  /** Why it cannot be chosen now; stands under the label. */
  readonly disabledReason?: string | undefined;
  /** It destroys something. */
  readonly isDanger?: boolean | undefined;
  /** The one in force, marked with a tick. */
  readonly isCurrent?: boolean | undefined;
  /** A line above it. */
  readonly startsGroup?: boolean | undefined;
}

export interface DropdownMenuProps {
  /** One button. */
  readonly trigger: ReactNode;
  readonly items: readonly MenuItem[];
  /** Over the items: whose menu it is. */
  readonly heading?: ReactNode;
  /** After the items, anything of `Menu*` below. */
  readonly children?: ReactNode;
  readonly align?: "start" | "center" | "end" | undefined;
  readonly side?: "top" | "right" | "bottom" | "left" | undefined;
}

/** Acts that are not worth a button of their own. */
export function DropdownMenu({ trigger, items, heading, children, align = "end", side = "bottom" }: DropdownMenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={classNames(popupLooks, "max-h-(--radix-dropdown-menu-content-available-height) min-w-52 overflow-y-auto")}
        >
          {heading === undefined ? null : <Radix.Label className="px-2 py-1.5 text-sm text-ink-soft">{heading}</Radix.Label>}
          {items.map((item) => (
            <MenuLine key={item.id} item={item} />
          ))}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function MenuLine({ item }: { readonly item: MenuItem }) {
  const isDisabled = item.disabledReason !== undefined;
  const content = (
    <>
      {item.icon}
      <span className="flex min-w-0 grow flex-col">
        <span className="truncate">{item.label}</span>
        {isDisabled ? <span className="text-sm">{item.disabledReason}</span> : null}
      </span>
      {item.isCurrent === true ? <Check aria-hidden className="ml-2" /> : null}
    </>
  );
  return (
    <>
      {item.startsGroup === true ? <Radix.Separator className="-mx-1 my-1 h-px bg-line" /> : null}
      <Radix.Item
        disabled={isDisabled}
        asChild={item.href !== undefined && !isDisabled}
        aria-current={item.isCurrent === true ? "true" : undefined}
        {...(item.onSelect && { onSelect: item.onSelect })}
        className={classNames(menuItemLooks, item.isDanger === true && !isDisabled && "text-danger data-highlighted:bg-danger-soft")}
      >
        {item.href !== undefined && !isDisabled ? <Link href={item.href}>{content}</Link> : content}
      </Radix.Item>
    </>
  );
}

export interface MenuChoice {
  readonly value: string;
  readonly label: string;
  readonly icon?: ReactNode;
}

export interface MenuRadioProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly choices: readonly MenuChoice[];
}

/** One of a few, within a menu. */
export function MenuRadio({ label, value, onChange, choices }: MenuRadioProps) {
  return (
    <Radix.RadioGroup value={value} onValueChange={onChange} aria-label={label}>
      <Radix.Label className="px-2 py-1 text-xs font-medium text-ink-faint">{label}</Radix.Label>
      {choices.map((choice) => (
        <Radix.RadioItem key={choice.value} value={choice.value} className={menuItemLooks}>
          {choice.icon}
          <span className="grow">{choice.label}</span>
          <Radix.ItemIndicator>
            <Check aria-hidden />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

export interface MenuChecksProps {
  readonly label: string;
  readonly values: readonly string[];
  readonly onChange: (values: string[]) => void;
  readonly choices: readonly MenuChoice[];
}

/** Several of a few, within a menu that stays open while one ticks. */
export function MenuChecks({ label, values, onChange, choices }: MenuChecksProps) {
  return (
    <Radix.Group aria-label={label}>
      <Radix.Label className="px-2 py-1 text-xs font-medium text-ink-faint">{label}</Radix.Label>
      {choices.map((choice) => (
        <Radix.CheckboxItem
          key={choice.value}
          checked={values.includes(choice.value)}
          onCheckedChange={(isChecked) => onChange(isChecked ? [...values, choice.value] : values.filter((value) => value !== choice.value))}
          onSelect={(event) => event.preventDefault()}
          className={menuItemLooks}
        >
          <span className="grow">{choice.label}</span>
          <Radix.ItemIndicator>
            <Check aria-hidden />
          </Radix.ItemIndicator>
        </Radix.CheckboxItem>
      ))}
    </Radix.Group>
  );
}

/** A line between the parts of a menu. */
export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}
