import { verifyTrail } from "@atrium/identity";
import { memberRoute } from "../../../../../server/route.ts";

/**
 * Whether the trail is as it was written. No procedure, because it takes the file store for the anchors, and for a long
 * chain many short transactions instead of one.
 */
export const GET = memberRoute<{ readonly tenant: string }>("audit:read", async ({ tenant }, { services, again }) => async () => {
  const findings = await verifyTrail({ tenantId: tenant.id, files: services.files, inTransaction: (work) => again(({ db, vault }) => work(db, vault)) });
  return Response.json(findings, { headers: { "cache-control": "no-store" } });
}, { opensToSupport: true });
