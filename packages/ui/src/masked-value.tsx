"use client";

import { Eye, EyeOff } from "lucide-react";
import { useEffect, useId, useState } from "react";
import type { ReactNode } from "react";
import { Button, IconButton } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { Field, FieldError } from "./form/field.tsx";
import { Input } from "./form/input.tsx";
import { useUi } from "./ui-provider.tsx";

export interface MaskedValueProps {
  /** What it is: "PAN". */
  readonly label: string;
  /** What may always be seen: `XXXXX0001A`. */
  readonly masked: string;
  /** Fetches the whole value for a reason; the server notes who asked, and why. Without it the value stays masked. */
  readonly onReveal?: ((reason: string) => Promise<string>) | undefined;
  /** Asked first: what revealing means ("This is recorded with your name.") and what it is for. */
  readonly ask: MaskedValueQuestion;
  /** Shown when the value could not be fetched. */
  readonly failedMessage?: string | undefined;
  /** How long the whole value stays in sight, in milliseconds. */
  readonly hideAfterMs?: number | undefined;
}

export interface MaskedValueQuestion {
  readonly title: string;
  readonly body: ReactNode;
  readonly confirmLabel: string;
  readonly reasonLabel: string;
  readonly reasonHelp?: string | undefined;
  /** Shorter ones are refused with `reasonMissing`. */
  readonly minReasonLength: number;
  readonly reasonMissing: string;
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
            if (value === undefined) setIsAsking(true);
            else hide();
          }}
        />
      )}
      {hasFailed && failedMessage !== undefined ? <FieldError>{failedMessage}</FieldError> : null}
      {isAsking ? <Question {...ask} onCancel={() => setIsAsking(false)} onConfirm={reveal} /> : null}
    </span>
  );
}

interface QuestionProps extends MaskedValueQuestion {
  readonly onCancel: () => void;
  readonly onConfirm: (reason: string) => void;
}

/** Mounted anew each time, so that it never begins with the reason of the last time. */
function Question({ title, body, confirmLabel, reasonLabel, reasonHelp, minReasonLength, reasonMissing, onCancel, onConfirm }: QuestionProps) {
  const { t } = useUi();
  const formId = useId();
  const [reason, setReason] = useState("");
  const [isRefused, setIsRefused] = useState(false);
  const isEnough = reason.trim().length >= minReasonLength;
  const submit = (event: { preventDefault: () => void }): void => {
    event.preventDefault();
    if (isEnough) onConfirm(reason.trim());
    else setIsRefused(true);
  };
  return (
    <Dialog
      open
      onOpenChange={onCancel}
      title={title}
      description={body}
      footer={
        <>
          <Button onClick={onCancel}>{t("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary">
            {confirmLabel}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit}>
        <Field label={reasonLabel} help={reasonHelp} error={isRefused && !isEnough ? reasonMissing : undefined}>
          <Input value={reason} onChange={(event) => setReason(event.target.value)} maxLength={300} autoComplete="off" />
        </Field>
      </form>
    </Dialog>
  );
}

function useReveal(onReveal: MaskedValueProps["onReveal"], hideAfterMs: number) {
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
  const fetchValue = async (reason: string) => {
    setIsAsking(false);
    setState("loading");
    try {
      setValue(await onReveal?.(reason));
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
    reveal: (reason: string) => void fetchValue(reason),
    hide: () => setValue(undefined),
    setIsAsking,
  };
}
