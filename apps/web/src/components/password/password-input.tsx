"use client";

import { Input } from "@atrium/ui";
import type { InputProps } from "@atrium/ui";
import { useTranslations } from "next-intl";
import { strengthOf } from "./strength.ts";

export interface PasswordInputProps extends Omit<InputProps, "value" | "type" | "autoComplete"> {
  readonly value: string;
}

const bars = { none: 0, short: 1, dull: 1, good: 2, strong: 3 } as const;

/** The field for a new password, which says while one types how far one is. What is refused is decided by the server. */
export function PasswordInput({ value, ...rest }: PasswordInputProps) {
  const t = useTranslations("identity.password");
  const { kind, missing } = strengthOf(value);
  return (
    <div className="flex flex-col gap-1.5">
      <Input {...rest} value={value} type="password" autoComplete="new-password" />
      <span aria-hidden className="flex gap-1">
        {[1, 2, 3].map((bar) => (
          <span key={bar} className={`h-1 grow rounded-full ${bar <= bars[kind] ? colours[kind] : "bg-line"}`} />
        ))}
      </span>
      <span role="status" className="text-sm text-ink-soft">
        {t(kind, { count: missing })}
      </span>
    </div>
  );
}

const colours = { none: "", short: "bg-attention", dull: "bg-attention", good: "bg-good", strong: "bg-good" } as const;
