"use client";

import { maxImportBytes, maxImportRows } from "@atrium/people/contract";
import { Banner, Button, Field, FileDrop, toast } from "@atrium/ui";
import { Download, Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { z } from "zod";
import { download } from "../../../../../client/download.ts";
import { fetchRoute } from "../../../../../client/refusals.ts";
import { useTenantSlug } from "../../../../../client/tenant-client.tsx";
import { trpc } from "../../../../../client/trpc.ts";
import { useAppError } from "../../../../../client/use-app-error.ts";

const megabytes = maxImportBytes / 1_048_576;
const answerSchema = z.object({ id: z.string() });

/** Takes the file and goes on to its check. */
export function UploadForm() {
  const t = useTranslations("people.import");
  const slug = useTenantSlug();
  const { file, problem, isUploading, choose, upload } = useUpload();
  const explain = useAppError();
  const sample = () => download(`/${slug}/api/people/imports/sample`).catch((error: unknown) => toast.error(explain(error).message));
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void upload();
      }}
    >
      {problem === undefined ? null : <Banner tone="danger" title={problem} />}
      <Field label={t("file")}>
        <FileDrop file={file} onChange={choose} accept=".csv,text/csv" hint={t("fileHint", { megabytes, rows: maxImportRows })} />
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" icon={<Upload aria-hidden />} isLoading={isUploading} loadingLabel={t("uploading")} disabledReason={file === undefined ? t("fileMissing") : undefined}>
          {t("upload")}
        </Button>
        <Button icon={<Download aria-hidden />} onClick={() => void sample()}>
          {t("sample")}
        </Button>
      </div>
      <p className="text-sm text-ink-soft">{t("sampleText")}</p>
    </form>
  );
}

function useUpload() {
  const t = useTranslations("people.import");
  const slug = useTenantSlug();
  const router = useRouter();
  const utils = trpc.useUtils();
  const explain = useAppError();
  const [file, setFile] = useState<File>();
  const [problem, setProblem] = useState<string>();
  const [isUploading, setIsUploading] = useState(false);
  const choose = (chosen: File | undefined): void => {
    // Said before it is sent: nobody should wait for an upload that must be refused.
    const isTooLarge = (chosen?.size ?? 0) > maxImportBytes;
    setProblem(isTooLarge ? t("fileTooLarge", { megabytes }) : undefined);
    setFile(isTooLarge ? undefined : chosen);
  };
  const upload = async (): Promise<void> => {
    if (!file) return;
    setIsUploading(true);
    try {
      const answer = await fetchRoute(`/${slug}/api/people/imports?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
      const { id } = answerSchema.parse(await answer.json());
      // The list is asked for anew when it is shown again.
      await utils.people.import.list.invalidate(undefined, { refetchType: "none" });
      router.push(`/${slug}/people/import/${id}`);
    } catch (error) {
      setProblem(explain(error).message);
      setIsUploading(false);
    }
  };
  return { file, problem, isUploading, choose, upload };
}
