/** As in the real house: before any middleware sees a request, its address is set right and it has an id. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { rectifyRequests } = await import("../../../../apps/web/src/server/address.ts");
  rectifyRequests(0);
}
