"use client";

import { FileText, Upload, X } from "lucide-react";
import { useState } from "react";
import type { DragEvent } from "react";
import { IconButton } from "../button.tsx";
import { classNames } from "../class-names.ts";
import { useUi } from "../ui-provider.tsx";
import { useFieldControl } from "./control.ts";

export interface FileDropProps {
  readonly file?: File | undefined;
  readonly onChange: (file: File | undefined) => void;
  /** As the `accept` of a file input: `.csv,text/csv`. The caller still checks what arrives. */
  readonly accept?: string | undefined;
  /** What may be dropped: "CSV up to 5 MB". */
  readonly hint?: string | undefined;
  readonly id?: string | undefined;
  readonly "aria-label"?: string | undefined;
  readonly "aria-describedby"?: string | undefined;
}

/** A file by drop, by click, or by the keyboard: beneath it lies an ordinary file input. */
export function FileDrop({ file, onChange, accept, hint, ...own }: FileDropProps) {
  const control = useFieldControl(own);
  const { isOver, ...drop } = useDrop(onChange);
  if (file !== undefined) return <ChosenFile file={file} onRemove={() => onChange(undefined)} />;
  return (
    <div
      {...drop}
      className={classNames(
        "relative flex flex-col items-center gap-1 rounded-lg border border-dashed border-line-strong bg-surface px-4 py-8 text-center transition-colors hover:bg-sunken",
        "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
        isOver && "border-accent bg-accent-soft",
      )}
    >
      <Upload aria-hidden className="mb-1 size-5 text-ink-soft" />
      <FileWords hint={hint} />
      <input
        {...control}
        aria-label={own["aria-label"]}
        type="file"
        accept={accept}
        onChange={(event) => onChange(event.target.files?.[0])}
        className="absolute inset-0 cursor-pointer opacity-0"
      />
    </div>
  );
}

function FileWords({ hint }: { readonly hint: string | undefined }) {
  const { t } = useUi();
  return (
    <>
      <p>
        <span className="font-medium text-accent-text">{t("fileChoose")}</span> <span className="max-sm:hidden">{t("fileDropHere")}</span>
      </p>
      {hint === undefined ? null : <p className="text-sm text-ink-soft">{hint}</p>}
    </>
  );
}

const bytesPerKilobyte = 1_024;

function ChosenFile({ file, onRemove }: { readonly file: File; readonly onRemove: () => void }) {
  const { t, locale } = useUi();
  const kilobytes = Math.max(1, Math.round(file.size / bytesPerKilobyte));
  const size = new Intl.NumberFormat(locale, { style: "unit", unit: "kilobyte" }).format(kilobytes);
  return (
    <div className="flex items-center gap-3 rounded-lg border border-line bg-surface px-3 py-2.5">
      <FileText aria-hidden className="size-5 shrink-0 text-ink-soft" />
      <p className="flex min-w-0 grow flex-col">
        <span className="truncate font-medium">{file.name}</span>
        <span className="text-sm text-ink-soft">{size}</span>
      </p>
      <IconButton label={t("fileRemove", { name: file.name })} icon={<X aria-hidden />} onClick={onRemove} />
    </div>
  );
}

function useDrop(onChange: (file: File | undefined) => void) {
  const [isOver, setIsOver] = useState(false);
  return {
    isOver,
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setIsOver(true);
    },
    onDragLeave: () => setIsOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setIsOver(false);
      const file = event.dataTransfer.files.item(0);
      if (file !== null) onChange(file);
    },
  };
}
