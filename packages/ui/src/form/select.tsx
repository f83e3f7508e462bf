"use client";

import { Check, ChevronDown, ChevronUp } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { FocusEventHandler, Ref } from "react";
import { classNames } from "../class-names.ts";
import { menuItemLooks, popupLooks } from "../popup-looks.ts";
import { controlLooks, useFieldControl } from "./control.ts";

export interface SelectOption {
  readonly value: string;
  readonly label: string;
  /** Why it cannot be chosen; stands beside it in the list. */
  readonly disabledReason?: string | undefined;
}

export interface SelectProps {
  readonly options: readonly SelectOption[];
  /** "" or undefined while nothing is chosen. */
  readonly value?: string | undefined;
  readonly onChange?: ((value: string) => void) | undefined;
  readonly onBlur?: FocusEventHandler<HTMLButtonElement> | undefined;
  readonly name?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly id?: string | undefined;
  readonly "aria-label"?: string | undefined;
  readonly "aria-describedby"?: string | undefined;
  readonly className?: string | undefined;
  readonly ref?: Ref<HTMLButtonElement> | undefined;
}

/** One of a few. Options are values of their own: "" stands for nothing chosen and cannot be an option. */
export function Select({ options, value = "", onChange, onBlur, name, placeholder, className, ref, ...own }: SelectProps) {
  const control = useFieldControl(own);
  const chosen = options.find((option) => option.value === value);
  return (
    <Radix.Root value={value} {...(onChange && { onValueChange: onChange })} {...(name !== undefined && { name })}>
      <Radix.Trigger
        ref={ref}
        {...control}
        aria-label={own["aria-label"]}
        onBlur={onBlur}
        onKeyDown={(event) => {
          // Ctrl Enter belongs to the form; the list opens on Enter alone.
          if (event.ctrlKey || event.metaKey) event.preventDefault();
        }}
        className={classNames(controlLooks, "flex h-8 items-center justify-between gap-2 text-left max-sm:h-10", className)}
      >
        <span className={classNames("truncate", chosen === undefined && "text-ink-faint")}>
          <Radix.Value placeholder={placeholder}>{chosen?.label}</Radix.Value>
        </span>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
      </Radix.Trigger>
      <SelectList options={options} />
    </Radix.Root>
  );
}

function SelectList({ options }: { readonly options: readonly SelectOption[] }) {
  return (
    <Radix.Portal>
      <Radix.Content position="popper" sideOffset={4} className={classNames(popupLooks, "max-h-80 min-w-(--radix-select-trigger-width) overflow-hidden")}>
        <Radix.ScrollUpButton className="flex h-6 items-center justify-center">
          <ChevronUp aria-hidden className="size-4" />
        </Radix.ScrollUpButton>
        <Radix.Viewport>
          {options.map((option) => (
            <Radix.Item key={option.value} value={option.value} textValue={option.label} disabled={option.disabledReason !== undefined} className={menuItemLooks}>
              <Radix.ItemText>
                {option.label}
                {option.disabledReason === undefined ? null : <span className="text-sm"> {option.disabledReason}</span>}
              </Radix.ItemText>
              <Radix.ItemIndicator className="ml-auto pl-4">
                <Check aria-hidden className="size-4" />
              </Radix.ItemIndicator>
            </Radix.Item>
          ))}
        </Radix.Viewport>
        <Radix.ScrollDownButton className="flex h-6 items-center justify-center">
          <ChevronDown aria-hidden className="size-4" />
        </Radix.ScrollDownButton>
      </Radix.Content>
    </Radix.Portal>
  );
}
