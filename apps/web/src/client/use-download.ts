"use client";

import { toast } from "@atrium/ui";
import { useState } from "react";
import { download } from "./download.ts";
import { useAppError } from "./use-app-error.ts";

/** Fetches files for the browser's downloads, and says in words when one is refused. */
export function useDownload(): { readonly take: (path: string) => Promise<void>; readonly isLoading: boolean } {
  const explain = useAppError();
  const [isLoading, setIsLoading] = useState(false);
  const take = async (path: string): Promise<void> => {
    setIsLoading(true);
    await download(path).catch((error: unknown) => toast.error(explain(error).message));
    setIsLoading(false);
  };
  return { take, isLoading };
}
