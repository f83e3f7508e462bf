"use client";

import { Eye, EyeOff } from "lucide-react";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { Button, IconButton } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { FieldError } from "./form/field.tsx";
import { useUi } from "./ui-provider.tsx";

export interface MaskedValueProps {
  /** What it is: "PAN". */
  readonly label: string;
  /** What may always be seen: `••••••001A`. */
  readonly masked: string;
  /** Fetches the whole value; the server notes who asked. Without it the value stays masked. */
  readonly onReveal?: (() => Promise<string>) | undefined;
  /** Asked first: what revealing means ("This is recorded with your name."). */
  readonly ask?: { readonly title: string; readonly body: ReactNode; readonly confirmLabel: string } | undefined;
  /** Shown when the value could not be fetched. */
  readonly failedMessage?: string | undefined;
  /** How long the whole value stays in sight, in milliseconds. */
  readonly hideAfterMs?: number | undefined;
}

/** A value that is nobody's business until somebody asks for it: in monospace, with a reveal that asks first. */
export function MaskedValue({ label, masked, onReveal, ask, failedMessage, hideAfterMs = 30_000 }: MaskedValueProps) {
  const { t } = useUi();
  const { value, isAsking, isLoading, hasFailed, reveal, hide, setIsAsking } = useReveal(onReveal, hideAfterMs);
  return (
    <span className="inline-flex min-w-0 flex-wrap items-center gap-x-1">
      <span className="font-mono whitespace-nowrap">{value ?? masked}</span>
      {onReveal === undefined ? null : (
        <IconButton
          size="sm"
          label={value === undefined ? t("reveal", { name: label }) : t("hide", { name: label })}
          icon={value === undefined ? <Eye aria-hidden /> : <EyeOff aria-hidden />}
          isLoading={isLoading}
          onClick={() => {
            if (value !== undefined) hide();
            else if (ask === undefined) reveal();
            else setIsAsking(true);
          }}
        />
      )}
      {hasFailed && failedMessage !== undefined ? <FieldError>{failedMessage}</FieldError> : null}
      {ask === undefined ? null : (
        <Dialog
          open={isAsking}
          onOpenChange={setIsAsking}
          title={ask.title}
          description={ask.body}
          footer={
            <>
              <Button onClick={() => setIsAsking(false)}>{t("cancel")}</Button>
              <Button variant="primary" onClick={reveal}>
                {ask.confirmLabel}
              </Button>
            </>
          }
        />
      )}
    </span>
  );
}

function useReveal(onReveal: (() => Promise<string>) | undefined, hideAfterMs: number) {
  const [value, setValue] = useState<string>();
  const [isAsking, setIsAsking] = useState(false);
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle");
  useEffect(() => {
    if (value === undefined) return;
    const timer = setTimeout(() => {
      setValue(undefined);
    }, hideAfterMs);
    return () => {
      clearTimeout(timer);
    };
  }, [value, hideAfterMs]);
  const fetchValue = async () => {
    setIsAsking(false);
    setState("loading");
    try {
      setValue(await onReveal?.());
      setState("idle");
    } catch {
      setState("failed");
    }
  };
  return {
    value,
    isAsking,
    isLoading: state === "loading",
    hasFailed: state === "failed",
    reveal: () => void fetchValue(),
    hide: () => setValue(undefined),
    setIsAsking,
  };
}
