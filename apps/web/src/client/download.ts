"use client";

import { fetchRoute } from "./refusals.ts";

const namePattern = /filename="([^"]+)"/;

/** Fetches a file and hands it to the browser's downloads. Throws what `fetchRoute` throws, so that a refusal is said in words. */
export async function download(path: string): Promise<void> {
  const answer = await fetchRoute(path);
  const name = namePattern.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? "download";
  saveFile(await answer.blob(), name);
}

/** Hands a file that the browser has to its downloads. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(address);
}
