import { runtime } from "./runtime.ts";

export interface FailedRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Writes down what stopped a page. The query of its address may hold what somebody searched for, so it stays out. */
export async function reportError(error: unknown, { path, headers }: FailedRequest): Promise<void> {
  const { log } = await runtime();
  const digest = typeof error === "object" && error !== null && "digest" in error ? error.digest : undefined;
  log.error({ requestId: headers["x-request-id"], path: path.split("?")[0], digest, err: error }, "page failed");
}
