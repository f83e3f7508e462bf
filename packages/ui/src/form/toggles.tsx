"use client";

import { Check, Minus } from "lucide-react";
import { Checkbox as RadixCheckbox, RadioGroup as RadixRadio, Switch as RadixSwitch } from "radix-ui";
import { useId } from "react";
import type { FocusEventHandler, MouseEventHandler, ReactNode, Ref } from "react";
import { classNames } from "../class-names.ts";
import { useFieldControl } from "./control.ts";

interface ToggleProps {
  readonly onBlur?: FocusEventHandler<HTMLButtonElement> | undefined;
  readonly onClick?: MouseEventHandler<HTMLButtonElement> | undefined;
  readonly name?: string | undefined;
  readonly id?: string | undefined;
  /** Stands at the right of the box. Without it, `aria-label` or a `Field` must name it. */
  readonly label?: ReactNode;
  readonly "aria-label"?: string | undefined;
  readonly tabIndex?: number | undefined;
  readonly ref?: Ref<HTMLButtonElement> | undefined;
}

export interface CheckboxProps extends ToggleProps {
  readonly value?: boolean | "indeterminate" | undefined;
  readonly onChange?: ((value: boolean) => void) | undefined;
}

/** Yes or no, kept when the form is saved. The area one can press is 24 px and more, the box 16. */
export function Checkbox({ value = false, onChange, label, ...rest }: CheckboxProps) {
  const control = useFieldControl(rest);
  const ownId = useId();
  const id = control.id ?? ownId;
  const box = (
    <RadixCheckbox.Root
      {...rest}
      {...control}
      id={id}
      checked={value}
      onCheckedChange={(checked) => onChange?.(checked === true)}
      className="group inline-flex size-6 shrink-0 items-center justify-center rounded-md"
    >
      <span className="flex size-4 items-center justify-center rounded-sm border border-line-strong bg-surface text-accent-ink group-aria-invalid:border-danger group-data-[state=checked]:border-accent group-data-[state=checked]:bg-accent group-data-[state=indeterminate]:border-accent group-data-[state=indeterminate]:bg-accent">
        <RadixCheckbox.Indicator>
          {value === "indeterminate" ? <Minus aria-hidden className="size-3.5" strokeWidth={3} /> : <Check aria-hidden className="size-3.5" strokeWidth={3} />}
        </RadixCheckbox.Indicator>
      </span>
    </RadixCheckbox.Root>
  );
  return label === undefined ? box : <Labelled id={id} label={label} box={box} />;
}

export interface SwitchProps extends ToggleProps {
  readonly value?: boolean | undefined;
  readonly onChange?: ((value: boolean) => void) | undefined;
}

/** On or off, at once. */
export function Switch({ value = false, onChange, label, ...rest }: SwitchProps) {
  const control = useFieldControl(rest);
  const ownId = useId();
  const id = control.id ?? ownId;
  const box = (
    <RadixSwitch.Root
      {...rest}
      {...control}
      id={id}
      checked={value}
      {...(onChange && { onCheckedChange: onChange })}
      className="inline-flex h-6 w-10 shrink-0 items-center rounded-full border border-line-strong bg-sunken p-0.5 transition-colors data-[state=checked]:border-accent data-[state=checked]:bg-accent"
    >
      <RadixSwitch.Thumb className="block size-4.5 rounded-full bg-ink-soft transition-transform data-[state=checked]:translate-x-4 data-[state=checked]:bg-accent-ink" />
    </RadixSwitch.Root>
  );
  return label === undefined ? box : <Labelled id={id} label={label} box={box} />;
}

export interface RadioOption {
  readonly value: string;
  readonly label: ReactNode;
  readonly help?: ReactNode;
}

export interface RadioGroupProps {
  readonly options: readonly RadioOption[];
  readonly value?: string | undefined;
  readonly onChange?: ((value: string) => void) | undefined;
  readonly onBlur?: FocusEventHandler<HTMLDivElement> | undefined;
  readonly name?: string | undefined;
  readonly id?: string | undefined;
  readonly "aria-label"?: string | undefined;
  readonly className?: string | undefined;
  readonly ref?: Ref<HTMLDivElement> | undefined;
}

/** One of a few, all in sight. Inside a `Field` with `isGroup`. */
export function RadioGroup({ options, value = "", onChange, name, className, ...rest }: RadioGroupProps) {
  const { id, ...control } = useFieldControl(rest);
  const ownId = useId();
  return (
    <RadixRadio.Root
      {...rest}
      {...control}
      {...(id === undefined ? {} : { id, "aria-labelledby": `${id}-label` })}
      {...(name !== undefined && { name })}
      value={value}
      {...(onChange && { onValueChange: onChange })}
      className={classNames("flex flex-col gap-1", className)}
    >
      {options.map((option) => (
        <RadioLine key={option.value} id={`${ownId}-${option.value}`} option={option} />
      ))}
    </RadixRadio.Root>
  );
}

function RadioLine({ id, option }: { readonly id: string; readonly option: RadioOption }) {
  const box = (
    <RadixRadio.Item
      id={id}
      value={option.value}
      aria-describedby={option.help === undefined ? undefined : `${id}-help`}
      className="group inline-flex size-6 shrink-0 items-center justify-center rounded-full"
    >
      <span className="flex size-4 items-center justify-center rounded-full border border-line-strong bg-surface group-data-[state=checked]:border-accent group-data-[state=checked]:bg-accent">
        <RadixRadio.Indicator className="size-1.5 rounded-full bg-accent-ink" />
      </span>
    </RadixRadio.Item>
  );
  return (
    <div>
      <Labelled id={id} label={option.label} box={box} />
      {option.help === undefined ? null : (
        <p id={`${id}-help`} className="pl-7.5 text-sm text-ink-soft">
          {option.help}
        </p>
      )}
    </div>
  );
}

function Labelled({ id, label, box }: { readonly id: string; readonly label: ReactNode; readonly box: ReactNode }) {
  return (
    <div className="flex items-start gap-1.5">
      {box}
      <label htmlFor={id} className="py-0.5">
        {label}
      </label>
    </div>
  );
}
