import type { Instrumentation } from "next";

/** Once in each process, before the first request. The edge has no services to check. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const [{ rectifyRequests }, { processEnv, trustedProxies }, { start }] = await Promise.all([import("./server/address.ts"), import("./env.ts"), import("./server/start.ts")]);
  rectifyRequests(trustedProxies(processEnv()));
  await start();
}

/** A page that could not be rendered: the digest its person sees stands in the log beside the request's id and the error. */
export const onRequestError: Instrumentation.onRequestError = async (error, request) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { reportError } = await import("./server/report-error.ts");
  await reportError(error, request);
};
