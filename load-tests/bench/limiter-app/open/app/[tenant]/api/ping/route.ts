/** A route that does next to nothing, so that what stands before it shows. */
export const dynamic = "force-dynamic";

export const GET = (): Response => Response.json({ isUp: true });
